"""The tables, findings and printed figures of a plan."""

from django.urls import path

from analysis.plan_tables import views

app_name = "plan_tables"
urlpatterns = [
    path("", views.tables, name="tables"),
    path("all/", views.every_table, name="every_table"),
    path("of/<str:table>/", views.table, name="table"),
    path("findings/", views.findings, name="findings"),
    path("printed/", views.printed, name="printed"),
    path("one/<str:table>.csv", views.one_table, name="one_table"),
    path("download.<str:output_format>", views.download, name="download"),
]
