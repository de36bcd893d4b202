"""Services: an opened wave is extended or closed early, for a reason that is kept; those who still answer are told."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit.recording import record
from accounts.models import User
from accounts.onwards import whole_address
from accounts.outbox.models import Message
from accounts.outbox.queueing import queue_messages
from respondents.contacts.eligibility import eligible_returns
from respondents.contacts.granting import messages_about
from respondents.contacts.models import TemplateKind
from respondents.fieldwork.acts import CLOSED, EXTENDED
from respondents.fieldwork.drafting import lock_wave
from respondents.fieldwork.models import ChangeKind, ClosingChange
from respondents.fieldwork.refusals import NotOpen
from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.together.models import Contribution
from survey.models import Wave
from survey.moments import moment_in_words


@transaction.atomic
def extend_wave(wave: Wave, *, until: datetime, reason: str, by: User, now: datetime) -> int:
    """Moves the closing time back and tells the people on returns that are not submitted; says how many messages.

    Raises NotOpen for a draft and a wave that has closed, ValidationError unless the new time is later.
    """
    wave = lock_open_wave(wave, now=now)
    if until <= wave.closes_at:
        said = moment_in_words(wave.closes_at)
        raise ValidationError({"until": f"The wave is open until {said} anyway: choose a later closing time"})
    change = _move(wave, ChangeKind.EXTENDED, to=until, reason=reason, by=by, now=now)
    messages = list(_extended(wave, change, now=now))
    queue_messages(messages)
    detail = {**_moved(change), "messages": len(messages)}
    record(EXTENDED, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return len(messages)


@transaction.atomic
def close_wave(wave: Wave, *, reason: str, by: User, now: datetime) -> None:
    """Closes the wave at this moment; NotOpen for a draft, a wave that has closed and one yet to open."""
    wave = lock_open_wave(wave, now=now)
    if now <= wave.opens_at:
        opens = moment_in_words(wave.opens_at)
        raise NotOpen(f"{wave} opens on {opens}. A wave can be closed once it has opened.")
    change = _move(wave, ChangeKind.CLOSED, to=now, reason=reason, by=by, now=now)
    record(CLOSED, by=by, subject=wave, wave=wave.slug, detail=_moved(change), now=now)


def lock_open_wave(wave: Wave, *, now: datetime) -> Wave:
    """The wave as it is now, held until this transaction ends; NotOpen for a draft and a wave that has closed."""
    wave = lock_wave(wave)
    if wave.is_draft:
        raise NotOpen(f"{wave} is a draft. Its dates are set among its tasks until it is opened.")
    if now >= wave.closes_at:
        closed = moment_in_words(wave.closes_at)
        raise NotOpen(f"{wave} closed on {closed}. Reopen the return of a single board from the wave’s messages.")
    return wave


def _move(wave: Wave, kind: ChangeKind, *, to: datetime, reason: str, by: User, now: datetime) -> ClosingChange:
    before, wave.closes_at = wave.closes_at, to
    wave.save(update_fields=["closes_at"])
    return ClosingChange.objects.create(
        wave=wave, kind=kind, before=before, after=to, reason=reason, made_by=by, made_at=now
    )


def _moved(change: ClosingChange) -> dict[str, str]:
    return {"before": change.before.isoformat(), "after": change.after.isoformat(), "reason": change.reason}


def _extended(wave: Wave, change: ClosingChange, *, now: datetime) -> Iterator[Message]:
    """One message for each person and return that is not submitted; asks the database the same however many."""
    returns = eligible_returns(wave, now=now).filter(submitted_version__isnull=True).select_related("board")
    waiting = {found.pk: found for found in returns.defer("answers", "texts").prefetch_related("frame_authorities")}
    for found in waiting.values():
        found.wave = wave
    told = sorted(_people(waiting, wave, now=now))
    people = {person.email: person for person in User.objects.filter(email__in={email for _, email in told})}
    named = ((waiting[pk], people[email], whole_address(reverse("portal:tasks", args=[pk]))) for pk, email in told)
    beside = {"reason": change.reason}
    return messages_about(wave, TemplateKind.EXTENSION, named, key=f"extended:{change.pk}", beside=beside, now=now)


def _people(waiting: Mapping[UUID, Return], wave: Wave, *, now: datetime) -> set[tuple[UUID, str]]:
    """The return and the address of everybody on one of these returns."""
    today = timezone.localdate(now)
    chairs = Appointment.objects.filter(board__returns__wave=wave, person__is_active=True).current_on(today)
    colleagues = Contribution.objects.current().filter(survey_return__wave=wave, person__is_active=True)
    of_board = {found.board_id: found.pk for found in waiting.values()}
    told = {
        (of_board[board], email)
        for board, email in chairs.values_list("board_id", "person__email")
        if board in of_board
    }
    asked = colleagues.values_list("survey_return_id", "person__email")
    return told | {(found, email) for found, email in asked if found in waiting}
