"""Backups."""

from django.urls import path

from respondents.backups import views

app_name = "backups"
urlpatterns = [path("", views.backups, name="backups")]
