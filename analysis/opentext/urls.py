"""What boards wrote, below the tables of a wave."""

from django.urls import path

from analysis.opentext.models import QuoteStepKind
from analysis.opentext.views import coding, frame, local_names, quotes, redaction, results

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
    path("text/<str:item>/code/<slug:pseudonym>/original/", coding.original, name="original"),
    path("text/<str:item>/done/", coding.done, name="done"),
    path("text/<str:item>/differences/", results.differences, name="differences"),
    path("text/<str:item>/differences/<slug:pseudonym>/", results.decide, name="decide"),
    path("text/<str:item>/agreement/", results.agreement, name="agreement"),
    path("text/<str:item>/counts/", results.counts, name="counts"),
    path("text/<str:item>/counts/<slug:code_key>/", results.passages, name="passages"),
    path("text/<str:item>/codings.csv", results.export, name="export"),
    path("text/<str:item>/redaction/", redaction.answers, name="redactions"),
    path("text/<str:item>/redaction/<slug:pseudonym>/", redaction.redact, name="redact"),
    path("text/<str:item>/redaction/<slug:pseudonym>/quote/", redaction.quote, name="quote"),
    path("local-names/", local_names.names, name="local_names"),
    path("local-names/<int:name_id>/remove/", local_names.unlist, name="unlist_name"),
    path("quotes/", quotes.register, name="quotes"),
    path("quotes/<int:quote_id>/approve/", quotes.step, {"kind": QuoteStepKind.APPROVED}, name="approve"),
    path("quotes/<int:quote_id>/refuse/", quotes.step, {"kind": QuoteStepKind.REFUSED}, name="refuse"),
    path("quotes/<int:quote_id>/withdraw/", quotes.step, {"kind": QuoteStepKind.WITHDRAWN}, name="withdraw"),
    path("permissions/", quotes.permissions, name="permissions"),
    path("permissions/<int:quote_id>/given/", quotes.word, {"kind": QuoteStepKind.CONSENTED}, name="given"),
    path("permissions/<int:quote_id>/declined/", quotes.word, {"kind": QuoteStepKind.DECLINED}, name="declined"),
]
