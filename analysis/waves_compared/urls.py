"""The pages on two waves."""

from django.urls import path

from analysis.waves_compared import views

app_name = "waves_compared"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:other>/", views.pair, name="pair"),
    path("<slug:other>/waves.csv", views.download, {"output_format": "csv"}, name="csv"),
    path("<slug:other>/waves.xlsx", views.download, {"output_format": "xlsx"}, name="xlsx"),
]
