"""The door for providers: they bear a token, and nothing of a session."""

from hmac import compare_digest
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.outbox.notify import NotAReceipt, note_receipt, read_receipt
from accounts.rules import public


@public
@csrf_exempt  # a provider has no session to be misused; the token is the proof
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify says whether a message was delivered."""
    if not settings.NOTIFY_CALLBACK_TOKEN:
        raise Http404
    wanted = f"Bearer {settings.NOTIFY_CALLBACK_TOKEN}"
    if not compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode()):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    try:
        note_receipt(read_receipt(request.body), now=timezone.now())
    except NotAReceipt:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
