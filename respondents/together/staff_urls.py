"""The pages on which staff record who chairs a board."""

from django.urls import path

from respondents.together import succession_views as views

app_name = "succession"
urlpatterns = [
    path("", views.chairs, name="chairs"),
    path("<uuid:return_id>/", views.replace_chair, name="replace"),
]
