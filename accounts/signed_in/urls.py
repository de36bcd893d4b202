"""Where somebody is signed in, beneath sign-in."""

from django.urls import path

from accounts.signed_in import views

urlpatterns = [
    path("", views.sessions, name="signed_in"),
    path("end/", views.end, name="signed_in_end"),
    path("end-others/", views.end_all_others, name="signed_in_end_others"),
]
