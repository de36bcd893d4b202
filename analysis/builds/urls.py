"""The pages on which something is asked to be built, watched and taken away."""

from django.urls import path

from analysis.builds import views

app_name = "builds"
urlpatterns = [
    path("", views.report, name="report"),
    path("new/<slug:kind>/", views.request_one, name="request"),
    path("<uuid:build_id>/", views.progress, name="progress"),
    path("<uuid:build_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:build_id>/again/", views.again, name="again"),
    path("<uuid:build_id>/file/", views.download, name="download"),
]
