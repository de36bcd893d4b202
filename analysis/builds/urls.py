"""The pages on which a report is asked for, watched and taken away."""

from django.urls import path

from analysis.builds import views

app_name = "builds"
urlpatterns = [
    path("", views.report, name="report"),
    path("new/", views.request_report, name="request"),
    path("<uuid:build_id>/", views.progress, name="progress"),
    path("<uuid:build_id>/report.pdf", views.download, name="download"),
]
