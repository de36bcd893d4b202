"""What boards wrote, below the tables of a wave."""

from django.urls import path

from analysis.opentext.views import coding, frame

app_name = "opentext"
urlpatterns = [
    path("text/", frame.items, name="items"),
    path("text/<str:item>/", frame.item, name="item"),
    path("text/<str:item>/add/", frame.add_code, name="add_code"),
    path("text/<str:item>/codes/<slug:code_key>/", frame.change_code, name="change_code"),
    path("text/<str:item>/codes/<slug:code_key>/retire/", frame.retire_code, name="retire_code"),
    path("text/<str:item>/coders/", frame.coders, name="coders"),
    path("text/<str:item>/code/", coding.next_answer, name="next"),
    path("text/<str:item>/code/<slug:pseudonym>/", coding.code, name="code"),
    path("text/<str:item>/done/", coding.done, name="done"),
]
