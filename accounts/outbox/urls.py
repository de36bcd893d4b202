"""Where providers say what became of messages."""

from django.urls import path

from accounts.outbox import views

app_name = "outbox"
urlpatterns = [path("notify/", views.notify_receipt, name="notify_receipt")]
