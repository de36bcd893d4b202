"""The boards of a wave, and what staff do for one of them."""

from django.urls import path

from respondents.helping import duplicate_views, telephone_views, views

app_name = "helping"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("without-a-board/", duplicate_views.loose, name="loose"),
    path("without-a-board/<uuid:return_id>/", duplicate_views.settle, name="settle"),
    path("without-a-board/<uuid:return_id>/undo/", duplicate_views.undo, name="undo"),
    path("<uuid:return_id>/", views.board, name="board"),
    path("<uuid:return_id>/more-time/", views.extend_return, name="extend"),
    path("<uuid:return_id>/telephone/begin/", telephone_views.begin, name="call_begin"),
    path("<uuid:return_id>/telephone/", telephone_views.call, name="call"),
    path("<uuid:return_id>/telephone/questions/<str:page_code>/", telephone_views.question, name="call_question"),
    path("<uuid:return_id>/telephone/questions/<str:page_code>/settle/", telephone_views.settle, name="call_settle"),
    path("<uuid:return_id>/telephone/autosave/<str:page_code>/", telephone_views.autosave, name="call_autosave"),
    path("<uuid:return_id>/telephone/check/", telephone_views.check, name="call_check"),
    path("<uuid:return_id>/telephone/end/", telephone_views.end, name="call_end"),
]
