"""The pages of working together on a return."""

from django.urls import path

from respondents.together import signing_views, succession_views, views

app_name = "together"
urlpatterns = [
    path("<uuid:return_id>/people/", views.people, name="people"),
    path("<uuid:return_id>/people/invite/", views.invite_colleague, name="invite"),
    path("<uuid:return_id>/people/<int:contribution_id>/", views.change, name="change"),
    path("<uuid:return_id>/people/<int:contribution_id>/remove/", views.remove_person, name="remove"),
    path("<uuid:return_id>/succession/", succession_views.succession, name="succession"),
    path("<uuid:return_id>/sections/<str:section_code>/", views.section, name="section"),
    path("<uuid:return_id>/sections/<str:section_code>/comment/", views.comment, name="comment"),
    path("<uuid:return_id>/sections/<str:section_code>/ready/", views.ready, name="ready"),
    path("<uuid:return_id>/sections/<str:section_code>/not-ready/", views.not_ready, name="not_ready"),
    path("<uuid:return_id>/sections/<str:section_code>/consulted/", views.consulted, name="consulted"),
    path("<uuid:return_id>/who-wrote-what/", views.history, name="history"),
    path("<uuid:return_id>/signature/", signing_views.ask_signature, name="ask_for_signature"),
    path("<uuid:return_id>/signature/take-back/", signing_views.take_signature_back, name="take_back"),
    path("<uuid:return_id>/signature/sign/", signing_views.sign_return, name="sign"),
    path("<uuid:return_id>/signature/send-back/", signing_views.send_return_back, name="send_back"),
]
