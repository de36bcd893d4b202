"""The people who work for the survey."""

from django.urls import path

from accounts.staff import deciding_views, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.add, name="add"),
    path("requests/<int:request_id>/", deciding_views.request_for_role, name="request"),
    path("requests/<int:request_id>/approve/", deciding_views.approval, name="approve"),
    path("requests/<int:request_id>/end/", deciding_views.ending, name="end"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/role/", views.role, name="role"),
    path("<int:person_id>/deactivate/", views.shut_out, name="deactivate"),
    path("<int:person_id>/reactivate/", views.let_in, name="reactivate"),
    path("<int:person_id>/reset/", views.reset, name="reset"),
]
