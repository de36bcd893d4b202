"""The boards of a wave, and what staff do for one of them."""

from django.urls import path

from respondents.helping import views

app_name = "helping"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("<uuid:return_id>/", views.board, name="board"),
    path("<uuid:return_id>/more-time/", views.extend_return, name="extend"),
]
