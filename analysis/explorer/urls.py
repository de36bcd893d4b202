"""The analyst's pages."""

from django.urls import path

from analysis.explorer import views

app_name = "explorer"
urlpatterns = [
    path("", views.tables, name="tables"),
    path("all/", views.every_table, name="every_table"),
    path("of/<str:table>/", views.table, name="table"),
    path("findings/", views.findings, name="findings"),
    path("printed/", views.printed, name="printed"),
    path("one/<str:table>.csv", views.one_table, name="one_table"),
    path("download.<str:output_format>", views.download, name="download"),
]
