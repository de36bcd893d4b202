"""The pages of those who write questionnaires."""

from django.urls import path

from survey.authoring import views

app_name = "authoring"
urlpatterns = [
    path("", views.versions, name="versions"),
]
