"""The other reports as pages, for the team."""

from django.urls import path

from analysis.reports import team_views

app_name = "reports"
urlpatterns = [path("read/<str:name>/", team_views.read, name="read")]
