"""The two milestones, among the tasks of a wave."""

from django.urls import path

from analysis.milestones import views

app_name = "milestones"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("freeze/", views.freeze, name="freeze"),
    path("freeze/<int:number>.parquet", views.extract, name="extract"),
]
