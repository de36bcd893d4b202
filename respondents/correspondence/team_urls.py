"""The correspondence as the survey team sees it, below a wave."""

from django.urls import path

from respondents.correspondence import granting_views
from respondents.correspondence import team_views as views

app_name = "team"
urlpatterns = [
    path("", views.threads, name="threads"),
    path("<uuid:return_id>/", views.thread, name="thread"),
    path("<uuid:return_id>/queries/new/", views.new_query, name="new_query"),
    path("<uuid:return_id>/queries/<int:query_id>/", views.query, name="query"),
    path("<uuid:return_id>/queries/<int:query_id>/close/", views.close, name="close"),
    path("<uuid:return_id>/reopen/", granting_views.asking, name="reopen"),
    path("<uuid:return_id>/reopen/<int:asked_id>/", granting_views.request_to_reopen, name="request"),
    path("<uuid:return_id>/reopen/<int:asked_id>/approve/", granting_views.approval, name="approve"),
    path("<uuid:return_id>/reopen/<int:asked_id>/end/", granting_views.ending, name="end"),
    path("<uuid:return_id>/decline/", views.decline_wish, name="decline"),
]
