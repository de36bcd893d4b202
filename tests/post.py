"""The post, carried here and now: tests without a worker see what a worker would have sent."""

import re

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.outbox.models import Message
from accounts.outbox.sending import send_message


def carry_post() -> list[EmailMessage]:
    """Sends every message that waits, oldest first; gives all that were sent so far."""
    for pk in Message.objects.claimable(now=timezone.now()).values_list("pk", flat=True):
        send_message(pk)
    return mail.outbox


def code_in_the_post() -> str:
    """The sign-in code in the latest message, as it stands there."""
    found = re.search(r"^[A-Z]{4}(-[A-Z]{4}){1,2}$", str(carry_post()[-1].body), re.MULTILINE)
    assert found, carry_post()[-1].body
    return found.group()
