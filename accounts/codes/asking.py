"""Services: a code is asked for. The request does the same whoever asks; a worker finds out whether we know them."""

from datetime import datetime

from django.db import transaction

from accounts.codes.budget import is_spent
from accounts.codes.making import browser_digest, new_browser_secret
from accounts.codes.models import LIFETIME, LONG, SHORT, SignInCode
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_message
from accounts.periods import kept


@transaction.atomic
def ask_for_code(email: str, *, replaces: str = "", now: datetime) -> str:
    """The secret to keep in the browser's session; the code goes to the address, if we know it.

    The code asked for under the secret `replaces` no longer works.
    """
    SignInCode.objects.filter(browser=browser_digest(replaces), expires_at__gt=now).update(expires_at=now)
    secret = new_browser_secret()
    letters = LONG if is_spent(email, now=now) else SHORT
    asked = SignInCode.objects.create(
        email=email, browser=browser_digest(secret), asked_at=now, expires_at=now + LIFETIME, letters=letters
    )
    queue_message(new_message(code_key(asked), kind=MessageKind.SIGN_IN_CODE, recipient=email, letter=None, now=now))
    return secret


def code_key(asked: SignInCode) -> str:
    """The key of the message that carries this code."""
    return f"sign-in-code:{asked.pk}"


def forget_codes(*, now: datetime) -> int:
    """Deletes what was asked for longer ago than is kept, with its messages; says how many codes were deleted."""
    past = kept("sign_in_codes").before(now)
    Message.objects.filter(kind=MessageKind.SIGN_IN_CODE, created_at__lt=past).delete()
    return SignInCode.objects.filter(asked_at__lt=past).delete()[0]
