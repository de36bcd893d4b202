"""The page that precedes all findings."""

from django.urls import path

from analysis.nonresponse import views

app_name = "nonresponse"
urlpatterns = [
    path("", views.non_response, name="page"),
    path("download.csv", views.take, {"kind": "csv"}, name="csv"),
    path("download.xlsx", views.take, {"kind": "xlsx"}, name="xlsx"),
]
