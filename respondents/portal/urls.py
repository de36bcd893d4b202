"""The chair's pages, and the three pages that stand in every footer."""

from django.urls import path

from respondents.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
