"""A last look before bulk mail is handed over: who has sent, refused or left since it was queued gets nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from accounts.outbox.letters import written
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.writers import Letters, writes
from respondents.contacts.audience import audience_of
from respondents.contacts.models import MailingKind
from respondents.returns.models import Return


@writes(MessageKind.REMINDER)
def reminder_letters(messages: Sequence[Message]) -> Letters:
    """The reminders as they were queued, where they are still due to these people."""
    due = _still_due([each.about for each in messages if each.about], now=timezone.now())
    return {each.pk: written(each) if (each.about, each.recipient) in due else None for each in messages}


def _still_due(keys: Iterable[UUID], *, now: datetime) -> set[tuple[UUID | None, str]]:
    """Each return that may be reminded now, with each address that a reminder of it may go to."""
    returns = Return.objects.in_frame().select_related("wave", "board").defer("answers", "texts", "copied")
    found = returns.filter(pk__in={*keys}).order_by("wave", "pk")
    due: set[tuple[UUID | None, str]] = set()
    for wave, several in groupby(found, key=lambda each: each.wave):
        open_now = [each for each in several if each.wave.opens_at <= now < each.closes_at]
        audience = audience_of(wave, MailingKind.REMINDER, open_now, now=now)
        due |= {(each.found.pk, each.person.email) for each in audience.due}
    return due
