"""Copies of the questionnaire and of one's own answers."""

from django.urls import path

from respondents.copies import views

app_name = "copies"
urlpatterns = [
    path("<uuid:return_id>/copies/questions.pdf", views.questions_pdf, name="questions_pdf"),
    path("<uuid:return_id>/copies/questions.docx", views.questions_word, name="questions_word"),
]
