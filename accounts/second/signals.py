"""Whichever door staff come in or leave by: the session begins without its second step, and leaving is recorded."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.audit.recording import record
from accounts.models import User
from accounts.second.acts import SIGNED_OUT
from accounts.second.marks import begin


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Staff begin at the door."""
    if user.is_staff:
        begin(request.session, now=timezone.now())


@receiver(user_logged_out)
def record_leaving(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Staff who leave are recorded."""
    if user is not None and user.is_staff:
        record(SIGNED_OUT, by=user, now=timezone.now())
