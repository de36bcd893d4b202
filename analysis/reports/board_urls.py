"""A board's own report, among the pages of its return."""

from django.urls import path

from analysis.reports import views

app_name = "beside"
urlpatterns = [
    path("<uuid:return_id>/beside/", views.beside, name="page"),
    path("<uuid:return_id>/beside/report.pdf", views.pdf, name="pdf"),
    path("<uuid:return_id>/beside/report.docx", views.word, name="word"),
]
