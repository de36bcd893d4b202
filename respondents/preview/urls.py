"""The preview of a questionnaire: on a telephone and on a desktop."""

from django.urls import path

from respondents.preview import views

app_name = "preview"
urlpatterns = [
    path("<slug:name>/", views.start, name="start"),
    path("<slug:name>/<str:page_code>/", views.page, name="page"),
    path("<slug:name>/<str:page_code>/screen/", views.screen, name="screen"),
]
