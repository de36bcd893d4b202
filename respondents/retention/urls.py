"""What is forgotten, and its certificates."""

from django.urls import path

from respondents.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.page, name="page"),
    path("people/<int:person_id>/", views.erase, name="erase"),
    path("certificates/<int:number>/", views.certificate, name="certificate"),
    path("certificates/<int:number>/certificate.pdf", views.certificate_file, name="certificate_file"),
]
