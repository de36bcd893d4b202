"""The pages of those who write questionnaires."""

from django.urls import path

from survey.authoring import views

app_name = "authoring"
urlpatterns = [
    path("", views.versions, name="versions"),
    path("import/", views.bring, name="import"),
    path("<slug:name>/", views.document, name="document"),
    path("<slug:name>/change/", views.change, name="change"),
    path("<slug:name>/publish/", views.publish, name="publish"),
    path("<slug:name>/source.yaml", views.source, name="source"),
    path("<slug:old>/compare/<slug:new>/", views.compare, name="compare"),
]
