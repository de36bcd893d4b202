"""Addresses that exist only in the demonstration."""

from django.urls import path

from config.demonstration import views

app_name = "demonstration"
urlpatterns = [path("mail/", views.mail, name="mail")]
