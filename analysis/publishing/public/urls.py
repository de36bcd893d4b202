"""What is published, for everybody."""

from django.urls import path

from analysis.publishing.public import early_views, views

app_name = "publications"
urlpatterns = [
    path("publications/", views.publications, name="list"),
    path("release-calendar/", views.calendar, name="calendar"),
    path("releases.atom", views.feed, name="feed"),
    path("publications/<slug:slug>/", views.page, name="page"),
    path("publications/<slug:slug>/early/", early_views.early, name="early"),
    path("publications/<slug:slug>/early/tables/<str:table>/", early_views.early_table, name="early_table"),
    path("publications/<slug:slug>/early/tables.<str:name>", early_views.early_file, name="early_file"),
    path("publications/<slug:slug>/early/report.<str:ending>", early_views.early_report, name="early_report"),
    path("publications/<slug:slug>/tables.<str:name>", views.file, name="file"),
    path("publications/<slug:slug>/tables/<str:table>/", views.table, name="table"),
    path("publications/<slug:slug>/report/", views.reading, name="reading"),
    path("publications/<slug:slug>/editions/<int:number>/report/", views.reading, name="edition_reading"),
    path("publications/<slug:slug>/report.<str:ending>", views.report, name="report"),
    path("publications/<slug:slug>/editions/<int:number>/report.<str:ending>", views.report, name="edition_report"),
    path("publications/<slug:slug>/editions/<int:number>/", views.page, name="edition_page"),
    path("publications/<slug:slug>/editions/<int:number>/tables.<str:name>", views.file, name="edition_file"),
    path("publications/<slug:slug>/editions/<int:number>/tables/<str:table>/", views.table, name="edition_table"),
]
