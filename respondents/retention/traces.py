"""Traces of use: pages that were open, sessions that are over, messages that have arrived."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.leases import UNFINISHED
from accounts.models import Session
from accounts.outbox.models import Message
from accounts.periods import kept
from respondents.contacts.models import Stop
from respondents.register.history import ImportState, RegisterImport
from respondents.returns.tabs import OpenTab


def open_pages(now: datetime) -> "models.QuerySet[OpenTab]":
    """What was noted of pages that nobody has sent anything from for long."""
    return OpenTab.objects.filter(seen_at__lt=kept("open_pages").before(now))


def sessions(now: datetime) -> "models.QuerySet[Session]":
    """Sessions that ended."""
    return Session.objects.filter(expire_date__lt=kept("sessions").before(now))


def message_texts(now: datetime) -> "models.QuerySet[Message]":
    """Messages that nothing is left to do for and that still have their words."""
    done = Message.objects.exclude(state__in=UNFINISHED).filter(created_at__lt=kept("message_texts").before(now))
    return done.filter(~Q(text="") | ~Q(last_error=""))


def messages(now: datetime) -> "models.QuerySet[Message]":
    """That a message was sent, to whom and when."""
    return Message.objects.exclude(state__in=UNFINISHED).filter(created_at__lt=kept("messages").before(now))


def imports(now: datetime) -> "models.QuerySet[RegisterImport]":
    """Files that were sent for the register and never imported."""
    sent = RegisterImport.objects.filter(sent_at__lt=kept("imports").before(now))
    never = (ImportState.CHECKING, ImportState.REFUSED, ImportState.PROPOSED)
    return sent.filter(state__in=never).exclude(jobs__state__in=UNFINISHED)


def stops(now: datetime) -> "models.QuerySet[Stop]":
    """What was taken off the stop list; what is on it is needed as long as nothing may be sent."""
    return Stop.objects.filter(lifted_at__lt=kept("stops").before(now))


def delete(rows: "models.QuerySet[models.Model]", keys: Sequence[object], now: datetime) -> None:
    """Deletes these rows."""
    rows.filter(pk__in=keys).delete()


def blank_texts(rows: "models.QuerySet[models.Model]", keys: Sequence[object], now: datetime) -> None:
    """Takes the words out of these messages; what a server said of an address goes too."""
    rows.filter(pk__in=keys).update(text="", last_error="")
