"""The people who work for the survey."""

from django.urls import path

from accounts.staff import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.add, name="add"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/role/", views.role, name="role"),
    path("<int:person_id>/deactivate/", views.shut_out, name="deactivate"),
    path("<int:person_id>/reactivate/", views.let_in, name="reactivate"),
    path("<int:person_id>/reset/", views.reset, name="reset"),
]
