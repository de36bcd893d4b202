"""Where pictures stand."""

from django.urls import path

from analysis.pictures import views

app_name = "pictures"
urlpatterns = [path("<str:digest>/", views.picture, name="picture")]
