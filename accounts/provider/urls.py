"""The provider's door, beneath sign-in."""

from django.urls import path

from accounts.provider import views

urlpatterns = [
    path("", views.begin, name="provider_begin"),
    path("back/", views.back, name="provider_back"),
]
