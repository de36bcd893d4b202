"""The researcher's pages."""

from django.urls import path

from analysis.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("<slug:slug>/", views.wave, name="wave"),
]
