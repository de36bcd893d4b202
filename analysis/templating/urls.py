"""The pages on which the text of a wave's report is written."""

from django.urls import path

from analysis.templating import picture_views, views

app_name = "templating"
urlpatterns = [
    path("", views.edit, name="edit"),
    path("preview/", views.preview, name="preview"),
    path("fragment/", views.fragment, name="fragment"),
    path("words/", views.words, name="words"),
    path("pictures/", picture_views.pictures, name="pictures"),
    path("versions/", views.versions, name="versions"),
    path("versions/<int:number>/", views.version, name="version"),
    path("versions/<int:number>/restore/", views.restore, name="restore"),
    path("versions/<int:old>/compare/<int:new>/", views.compare, name="compare"),
]
