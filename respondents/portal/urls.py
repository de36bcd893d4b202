"""The chair's pages, and the three pages that stand in every footer."""

from django.urls import path

from respondents.portal import answering, copying, views

app_name = "portal"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("<uuid:return_id>/", views.tasks, name="tasks"),
    path("<uuid:return_id>/all-questions/", views.reading, name="reading"),
    path("<uuid:return_id>/questions/<str:page_code>/", answering.question, name="question"),
    path("<uuid:return_id>/questions/<str:page_code>/settle/", answering.settle, name="settle"),
    path("<uuid:return_id>/autosave/<str:page_code>/", answering.autosave, name="autosave"),
    path("<uuid:return_id>/copy-from/<uuid:source_id>/", copying.copy_from, name="copy_from"),
    path("<uuid:return_id>/copy-from/<uuid:source_id>/now/", copying.copy_now, name="copy_now"),
    path("<uuid:return_id>/check/", views.check, name="check"),
    path("<uuid:return_id>/submit/", views.submit, name="submit"),
    path("<uuid:return_id>/submissions/<int:number>/", views.receipt, name="receipt"),
    path("<uuid:return_id>/submissions/<int:number>/answers/", views.sent, name="sent"),
]
