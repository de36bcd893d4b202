"""What is deposited, among the analysts' pages."""

from django.urls import path

from analysis.depositing import views

app_name = "depositing"
urlpatterns = [
    path("", views.page, name="page"),
    path("<int:number>/build/", views.build, name="build"),
]
