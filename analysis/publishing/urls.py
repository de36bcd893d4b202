"""The way to a publication, among the analysts' pages."""

from django.urls import path

from analysis.publishing import reading_views, views

app_name = "publishing"
urlpatterns = [
    path("", views.publications, name="publications"),
    path("<int:publication_id>/", views.workflow, name="workflow"),
    path("<int:publication_id>/words/", views.words, name="words"),
    path("<int:publication_id>/announce/", views.announced, name="announce"),
    path("<int:publication_id>/prepare/", views.prepare, name="prepare"),
    path("<int:publication_id>/edition/", views.edition, name="edition"),
    path("<int:publication_id>/edition/tables/<str:table>/", reading_views.table, name="table"),
    path("<int:publication_id>/edition/tables.<str:name>", reading_views.file, name="file"),
    path("<int:publication_id>/edition/reading/", reading_views.reading, name="reading"),
    path("<int:publication_id>/edition/<int:number>/sign/", views.sign, name="sign"),
    path("<int:publication_id>/edition/<int:number>/report/", views.build, name="build"),
    path("<int:publication_id>/access/", views.give, name="give"),
    path("<int:publication_id>/access/<int:access_id>/end/", views.end, name="end_access"),
    path("<int:publication_id>/withdraw/", views.withdrawn, name="withdraw"),
]
