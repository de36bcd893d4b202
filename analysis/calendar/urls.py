"""The calendar of the waves' dates."""

from django.urls import path

from analysis.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.page, name="page"),
    path("new/", views.make, name="make"),
    path("revoke/", views.revoke, name="revoke"),
    path("<str:token>.ics", views.feed, name="feed"),
]
