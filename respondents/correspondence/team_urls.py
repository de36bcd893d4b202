"""The correspondence as the survey team sees it, below a wave."""

from django.urls import path

from respondents.correspondence import team_views as views

app_name = "team"
urlpatterns = [
    path("", views.threads, name="threads"),
    path("<uuid:return_id>/", views.thread, name="thread"),
    path("<uuid:return_id>/queries/new/", views.new_query, name="new_query"),
    path("<uuid:return_id>/queries/<int:query_id>/", views.query, name="query"),
    path("<uuid:return_id>/queries/<int:query_id>/close/", views.close, name="close"),
    path("<uuid:return_id>/reopen/", views.reopen_return, name="reopen"),
    path("<uuid:return_id>/decline/", views.decline_wish, name="decline"),
]
