"""Services: one planned mailing from claim to its last board. It goes on where a lost worker left it."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from respondents.contacts.audience import Due, audience_of
from respondents.contacts.letters import template_for, words_for
from respondents.contacts.models import Mailing, MailingKind, MailingState, TemplateKind
from respondents.contacts.templates import letter_in, wordings_of
from respondents.contacts.wording import Wording
from respondents.fieldwork.facts import WaveFacts, facts_of_wave
from respondents.fieldwork.inviting import invitation_url, queue_invitations
from respondents.returns.models import Return

log = logging.getLogger("survey.contacts")

SENT_OUT = declare("mailing.sent", "A planned mailing was sent out")
BATCH = 500
SLICE = 120.0  # seconds after which the rest is left for another turn
TOO_LATE = "The survey was not open at that time, so nothing was sent."


class _Lost(Exception):
    """Somebody else holds the mailing by now."""


@dataclass(frozen=True)
class _Run:
    """What is the same for every board of a mailing."""

    mailing: Mailing
    wordings: dict[TemplateKind, Wording]
    of_wave: WaveFacts


def run_mailing(mailing_id: UUID, *, seconds: float = SLICE) -> bool:
    """Queues what the mailing has to send, batch by batch; says whether some is left for another turn."""
    mailing = Mailing.objects.claim(mailing_id, now=timezone.now())
    if mailing is None:
        return False
    try:
        return _run(mailing, end=monotonic() + seconds)
    except _Lost:
        return False
    except Exception as error:
        _fail(mailing, error, now=timezone.now())
        raise


def sweep_mailings(*, now: datetime, ring: Callable[[Iterable[UUID]], None]) -> int:
    """Rings for what is due or was abandoned; gives up what gets no further. Says how many it rang for."""
    lost = Mailing.objects.exhausted(now=now)
    words = "Its worker was lost each time it was tried. Look at the log of the worker, then send it now."
    if lost.update(state=MailingState.FAILED, lease_until=None, last_error=words):
        log.error("mailings were given up: their workers were lost too often")
    due = list(Mailing.objects.claimable(now=now).values_list("pk", flat=True))
    ring(due)
    return len(due)


def _run(mailing: Mailing, *, end: float) -> bool:
    if not _may_run(mailing, now=timezone.now()):
        _finish(mailing, note=TOO_LATE, now=timezone.now())
        return False
    run = _Run(mailing, wordings_of(mailing.wave), facts_of_wave(mailing.wave))
    while returns := _next_returns(mailing):
        _queue_batch(run, returns, now=timezone.now())
        if monotonic() >= end:
            Mailing.objects.held(mailing).update(state=MailingState.PLANNED, lease_until=None)
            return True
    _finish(mailing, note="", now=timezone.now())
    return False


def _may_run(mailing: Mailing, *, now: datetime) -> bool:
    wave = mailing.wave
    if mailing.kind in (MailingKind.REMINDER, MailingKind.INVITATION):
        return wave.is_open_at(now)
    return not wave.is_draft and (mailing.kind == MailingKind.THANKS or now < wave.closes_at)


def _next_returns(mailing: Mailing) -> list[Return]:
    returns = mailing.wave.returns.in_frame().defer("answers", "texts", "copied").select_related("board")
    later = returns.filter(pk__gt=mailing.cursor) if mailing.cursor else returns
    found = list(later.prefetch_related("frame_authorities").order_by("pk")[:BATCH])
    for each in found:
        each.wave = mailing.wave
    return found


@transaction.atomic
def _queue_batch(run: _Run, returns: list[Return], *, now: datetime) -> None:
    """Messages and cursor in one transaction: each batch is queued once, whatever happens to the worker."""
    mailing = run.mailing
    audience = audience_of(mailing.wave, MailingKind(mailing.kind), returns, now=now)
    queued = _queue(run, [message_for(run, due, now=now) for due in audience.due])
    mailing.cursor = returns[-1].pk
    counts = {"queued": F("queued") + queued, "left_out": F("left_out") + len(audience.left_out)}
    held = Mailing.objects.held(mailing)
    if not held.update(cursor=mailing.cursor, fruitless=0, lease_until=now + Mailing.LEASE, **counts):
        raise _Lost


def _queue(run: _Run, messages: list[Message]) -> int:
    """How many go; of invitations only those that did not go before, as by the command that invites."""
    if run.mailing.kind == MailingKind.INVITATION:
        counted = queue_invitations(messages)
        return counted["new"] + counted["again"]
    queue_messages(messages)
    return len(messages)


def message_for(run: _Run, due: Due, *, now: datetime) -> Message:
    """The message in memory; its key names mailing, return and person. An invitation is the same however it is sent."""
    mailing, found, person = run.mailing, due.found, due.person
    wording = run.wordings[template_for(MailingKind(mailing.kind), found)]
    words = words_for(found, person, link=invitation_url(found, person), of_wave=run.of_wave, now=now)
    is_invitation = mailing.kind == MailingKind.INVITATION
    prefix = "invitation" if is_invitation else f"{mailing.kind}:{mailing.pk}"
    return new_message(
        f"{prefix}:{found.pk}:{person.pk}",
        kind=MessageKind(mailing.kind),
        recipient=person.email,
        letter=letter_in(wording, words),
        now=now,
        has_html=True,
        wave=mailing.wave.slug,
        about=found.pk,
    )


@transaction.atomic
def _finish(mailing: Mailing, *, note: str, now: datetime) -> None:
    done = {"state": MailingState.DONE, "lease_until": None, "last_error": note, "finished_at": now}
    if Mailing.objects.held(mailing).update(**done):
        mailing.refresh_from_db()
        detail = {"kind": mailing.kind, "queued": mailing.queued, "left_out": mailing.left_out}
        about = str(MailingKind(mailing.kind).label)
        record(SENT_OUT, by=None, subject=mailing, about=about, wave=mailing.wave.slug, detail=detail, now=now)


def _fail(mailing: Mailing, error: Exception, *, now: datetime) -> None:
    """Waits for its next attempt, or is given up where it got no further in five."""
    held, words = Mailing.objects.held(mailing), f"{type(error).__name__}: {error}"[:300]
    fruitless = Mailing.objects.values_list("fruitless", flat=True).get(pk=mailing.pk)
    if fruitless >= Mailing.MOST_FRUITLESS:
        held.update(state=MailingState.FAILED, lease_until=None, last_error=words)
    else:
        held.update(state=MailingState.PLANNED, lease_until=now + Mailing.PAUSE, last_error=words)
