"""The pages of a wave's life, from the first idea to its closing."""

from django.urls import path

from respondents.fieldwork import views

app_name = "life"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<slug:slug>/tasks/", views.tasks, name="tasks"),
    path("<slug:slug>/tasks/questionnaire/", views.questionnaire, name="questionnaire"),
    path("<slug:slug>/tasks/frame/", views.frame, name="frame"),
    path("<slug:slug>/tasks/dates/", views.dates, name="dates"),
    path("<slug:slug>/tasks/signature/", views.signature, name="signature"),
    path("<slug:slug>/tasks/approvals/", views.approvals, name="approvals"),
    path("<slug:slug>/tasks/approvals/<slug:approval>/without/", views.without, name="without"),
    path("<slug:slug>/tasks/test/", views.test, name="test"),
    path("<slug:slug>/tasks/open/", views.opening, name="open"),
    path("<slug:slug>/tasks/extend/", views.extend, name="extend"),
    path("<slug:slug>/tasks/close/", views.close, name="close"),
    path("<slug:slug>/tasks/delete/", views.delete, name="delete"),
]
