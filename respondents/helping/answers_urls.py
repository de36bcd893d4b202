"""Answers under a pseudonym, below a wave."""

from django.urls import path

from respondents.helping import answers_views as views

app_name = "answers"
urlpatterns = [
    path("", views.pseudonyms, name="list"),
    path("<str:pseudonym>/<int:number>/", views.answers, name="one"),
]
