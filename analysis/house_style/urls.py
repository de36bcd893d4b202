"""The pages on which administrators set the house style."""

from django.urls import path

from analysis.house_style import views

app_name = "house_style"
urlpatterns = [
    path("", views.page, name="page"),
    path("change/", views.change, name="change"),
    path("preview/", views.preview, name="preview"),
    path("<int:number>.css", views.styles, name="css"),
]
