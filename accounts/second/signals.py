"""Whichever door somebody comes in or leaves by: it is noted, and staff begin without their second step."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.audit.recording import record
from accounts.models import User
from accounts.second.acts import SIGNED_OUT
from accounts.second.marks import begin
from accounts.security_log import Event, note
from accounts.signed_in.lasting import note_beginning


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: User, **_: Any) -> None:
    """The session notes since when and by what browser it is somebody’s; staff begin at the door."""
    note_beginning(request, now=timezone.now())
    note(Event.SIGNED_IN, person=user.pk, email=user.email)
    if user.is_staff:
        begin(request.session, now=timezone.now())


@receiver(user_logged_out)
def record_leaving(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Everybody who leaves is noted, staff in the audit too."""
    if user is not None:
        note(Event.SIGNED_OUT, person=user.pk)
    if user is not None and user.is_staff:
        record(SIGNED_OUT, by=user, now=timezone.now())
