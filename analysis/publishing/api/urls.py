"""The statistics API. Its version stands in the address: whatever would break a program gets a new one."""

from django.urls import path

from analysis.publishing.api import views

app_name = "api"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("v1/", views.start, name="start"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/publications", views.publications, name="publications"),
    path("v1/publications/<slug:slug>", views.publication, name="publication"),
    path("v1/publications/<slug:slug>/tables", views.tables, name="tables"),
    path("v1/publications/<slug:slug>/tables/<str:file>", views.table, name="table"),
    path("v1/<path:rest>", views.nothing, name="nothing"),
]
