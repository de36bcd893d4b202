"""The codebook, among the analyst's pages."""

from django.urls import path

from analysis.codebook import views

app_name = "codebook"
urlpatterns = [
    path("", views.codebook, name="page"),
    path("codebook.csv", views.download, {"output_format": "csv"}, name="csv"),
    path("codebook.xlsx", views.download, {"output_format": "xlsx"}, name="xlsx"),
]
