"""The staff's door, beneath sign-in."""

from django.urls import path

from accounts.second import views

urlpatterns = [
    path("", views.second, name="second"),
    path("set-up/", views.set_up, name="second_set_up"),
    path("set-up/picture.svg", views.picture, name="second_picture"),
    path("recovery/", views.recovery, name="second_recovery"),
    path("recovery/recovery-codes.txt", views.recovery_file, name="second_recovery_file"),
    path("recovery/new/", views.new_recovery, name="second_new_recovery"),
    path("yours/", views.yours, name="second_yours"),
]
