"""The correspondence as the people on a return see it."""

from django.urls import path

from respondents.correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("<uuid:return_id>/messages/", views.messages, name="messages"),
    path("<uuid:return_id>/queries/<int:query_id>/", views.query, name="query"),
    path("<uuid:return_id>/reopening/", views.reopening, name="reopening"),
    path("<uuid:return_id>/submissions/<int:number>/how-it-went/", views.feedback, name="feedback"),
    path("<uuid:return_id>/submissions/<int:number>/how-it-went/skip/", views.skip_feedback, name="skip_feedback"),
]
