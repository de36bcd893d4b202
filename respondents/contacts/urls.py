"""What passes between the survey team and boards, below a wave."""

from django.urls import path

from respondents.contacts import mailing_views as mail
from respondents.contacts import views

app_name = "contacts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("messages/", mail.messages, name="messages"),
    path("messages/<uuid:message_id>/", mail.message, name="message"),
    path("messages/<uuid:message_id>/again/", mail.again, name="again"),
    path("templates/", mail.templates, name="templates"),
    path("templates/<slug:kind>/", mail.template, name="template"),
    path("templates/<slug:kind>/preview/", mail.preview, name="preview"),
    path("templates/<slug:kind>/test/", mail.test, name="test"),
    path("plan/", mail.plan, name="plan"),
    path("plan/usual/", mail.usual, name="usual"),
    path("plan/new/", mail.new_mailing, name="new_mailing"),
    path("plan/<uuid:mailing_id>/", mail.mailing, name="mailing"),
    path("plan/<uuid:mailing_id>/move/", mail.move_mailing, name="move"),
    path("plan/<uuid:mailing_id>/cancel/", mail.cancel_mailing, name="cancel"),
    path("plan/<uuid:mailing_id>/send/", mail.send_mailing, name="send"),
    path("stops/", views.stops, name="stops"),
    path("stops/<int:stop_id>/lift/", views.lift_stop, name="lift"),
    path("settings/", views.settings, name="settings"),
    path("<uuid:return_id>/", views.board, name="board"),
    path("<uuid:return_id>/entry/", views.entry, name="entry"),
    path("<uuid:return_id>/outcome/", views.outcome, name="outcome"),
]
