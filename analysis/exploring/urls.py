"""The explorer of one wave."""

from django.urls import path

from analysis.exploring import views

app_name = "exploring"
urlpatterns = [
    path("", views.explore, name="explore"),
    path("save/", views.save, name="save"),
    path("table.csv", views.download, {"output_format": "csv"}, name="csv"),
    path("table.xlsx", views.download, {"output_format": "xlsx"}, name="xlsx"),
    path("chart.svg", views.download, {"output_format": "svg"}, name="svg"),
    path("chart.png", views.download, {"output_format": "png"}, name="png"),
]
