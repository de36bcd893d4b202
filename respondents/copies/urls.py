"""Copies of the questionnaire and of one's own answers."""

from django.urls import path

from respondents.copies import views

app_name = "copies"
urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/my-data.json", views.my_data_json, name="my_data_file"),
    path("<uuid:return_id>/copies/", views.drawer, name="drawer"),
    path("<uuid:return_id>/copies/differences/", views.differences, name="differences"),
    path("<uuid:return_id>/copies/questions.pdf", views.questions_pdf, name="questions_pdf"),
    path("<uuid:return_id>/copies/questions.docx", views.questions_word, name="questions_word"),
    path("<uuid:return_id>/copies/draft.pdf", views.draft_pdf, name="draft_pdf"),
    path("<uuid:return_id>/copies/draft.csv", views.draft_csv, name="draft_csv"),
    path("<uuid:return_id>/copies/submission-<int:number>.pdf", views.sent_pdf, name="sent_pdf"),
    path("<uuid:return_id>/copies/submission-<int:number>.csv", views.sent_csv, name="sent_csv"),
]
