"""Services: a wave is started as a draft, and what it needs is filled in, in any order."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import User
from accounts.store.taken import unless_taken
from respondents.fieldwork.acts import CHANGED, OVERRIDDEN, STARTED
from respondents.fieldwork.models import Approval, ApprovalOverride, Preparation
from respondents.fieldwork.refusals import NotADraft
from survey.models import QuestionnaireVersion, Wave
from survey.moments import moment_in_words
from survey.working_days import moment_in_england, working_day_from

TAKEN_BY_PAGES = frozenset({"new"})  # a wave of this name would hide a page
TEST = "Test"  # begins the title of every test wave, so that it stands on pages, documents and messages alike
NINE, FIVE = time(9), time(17)


@transaction.atomic
def start_draft(slug: str, *, title: str, is_test: bool = False, by: User | None, now: datetime) -> Wave:
    """A new draft, with a proposal for its dates. Raises ValidationError if the short name is taken or is none."""
    opens_at, closes_at = proposed_dates(now)
    if is_test and not title.startswith(TEST):
        title = f"{TEST}: {title}"[:300]
    wave = Wave(slug=slug, title=title, opens_at=opens_at, closes_at=closes_at, is_test=is_test)
    save_new(wave)
    Preparation.objects.create(wave=wave, started_by=by, started_at=now)
    record(STARTED, by=by, subject=wave, wave=slug, detail={"is_test": is_test}, now=now)
    return wave


def require_new(wave: Wave) -> None:
    """Raises ValidationError unless a wave may have this short name."""
    if wave.slug in TAKEN_BY_PAGES or Wave.objects.filter(slug=wave.slug).exists():
        raise _is_taken(wave)
    wave.full_clean(exclude=["questionnaire_version"])


def save_new(wave: Wave) -> None:
    """Stores a wave that is new; ValidationError if it is not, or somebody else takes its short name just now."""
    require_new(wave)
    with unless_taken(_is_taken(wave)):
        wave.save()


def _is_taken(wave: Wave) -> ValidationError:
    return ValidationError({"slug": f"There is a wave called {wave.slug} already. Choose another name."})


def proposed_dates(now: datetime) -> tuple[datetime, datetime]:
    """From a working day in two weeks at nine until one four weeks after it at five."""
    opens = working_day_from(timezone.localdate(now) + timedelta(days=14))
    closes = working_day_from(opens + timedelta(days=28))
    return (
        moment_in_england(datetime.combine(opens, NINE)),
        moment_in_england(datetime.combine(closes, FIVE)),
    )


def lock_wave(wave: Wave) -> Wave:
    """The wave as it is now; whoever else changes it waits until this transaction ends."""
    return Wave.objects.select_for_update().get(pk=wave.pk)


def lock_draft(wave: Wave) -> Wave:
    """The draft as it is now, held until this transaction ends; NotADraft once it is open."""
    wave = lock_wave(wave)
    if wave.opened_at is not None:
        opened = moment_in_words(wave.opened_at)
        raise NotADraft(f"{wave} was opened on {opened}. What it asks, whom and when can no longer be changed here.")
    return wave


@transaction.atomic
def choose_questionnaire(wave: Wave, *, version: QuestionnaireVersion, by: User, now: datetime) -> None:
    """The draft asks this published version."""
    wave = lock_draft(wave)
    wave.questionnaire_version = version
    wave.save(update_fields=["questionnaire_version"])
    _noted(wave, {"questionnaire": str(version)}, by=by, now=now)


@transaction.atomic
def set_dates(wave: Wave, *, opens_at: datetime, closes_at: datetime, by: User, now: datetime) -> None:
    """The draft opens and closes then; ValidationError where that cannot be."""
    require_dates(opens_at, closes_at, now=now)
    wave = lock_draft(wave)
    wave.opens_at, wave.closes_at = opens_at, closes_at
    wave.save(update_fields=["opens_at", "closes_at"])
    _decide(wave, {"dates_set_at": now})
    _noted(wave, {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}, by=by, now=now)


def require_dates(opens_at: datetime, closes_at: datetime, *, now: datetime) -> None:
    """Raises ValidationError beside the date that cannot be."""
    if closes_at <= now:
        said = moment_in_words(closes_at)
        raise ValidationError({"closes_at": f"{said} is in the past. Choose a closing time that is still to come"})
    if closes_at <= opens_at:
        raise ValidationError({"closes_at": "The closing time is not after the opening time. Choose a later one"})


@transaction.atomic
def check_frame(wave: Wave, *, boards: Sequence[str] = (), by: User, now: datetime) -> None:
    """Somebody has looked at who is asked; of a test wave, these boards take part."""
    wave = lock_draft(wave)
    _decide(wave, {"frame_checked_at": now, "boards": list(boards) if wave.is_test else []})
    _noted(wave, {"frame": "checked", **({"boards": list(boards)} if wave.is_test else {})}, by=by, now=now)


@transaction.atomic
def decide_signature(wave: Wave, *, is_wanted: bool, by: User, now: datetime) -> None:
    """Whether a second person signs each return."""
    wave = lock_draft(wave)
    wave.needs_signature = is_wanted
    wave.save(update_fields=["needs_signature"])
    _decide(wave, {"signature_set_at": now})
    _noted(wave, {"needs_signature": is_wanted}, by=by, now=now)


@transaction.atomic
def note_test(wave: Wave, *, note: str, by: User, now: datetime) -> None:
    """What was tried before opening, and what came of it."""
    wave = lock_draft(wave)
    _decide(wave, {"test_note": note, "tested_at": now})
    _noted(wave, {"test": note}, by=by, now=now)


@transaction.atomic
def hold_approvals(wave: Wave, *, held: Mapping[str, Any], by: User, now: datetime) -> None:
    """References, dates and names of the approvals, as far as there are any; also once the wave is open."""
    wave = lock_wave(wave)
    _decide(wave, held)
    _noted(wave, {name: _plain(value) for name, value in held.items()}, by=by, now=now)


@transaction.atomic
def override_approval(wave: Wave, *, approval: Approval, reason: str, by: User | None, now: datetime) -> None:
    """The draft may open without this approval, for this reason."""
    wave = lock_draft(wave)
    ApprovalOverride.objects.create(wave=wave, approval=approval, reason=reason, made_by=by, made_at=now)
    detail = {"approval": approval.value, "reason": reason}
    _noted(wave, detail, act=OVERRIDDEN, by=by, now=now)


def _decide(wave: Wave, decided: Mapping[str, Any]) -> None:
    Preparation.objects.filter(wave=wave).update(**decided)


def _noted(wave: Wave, detail: Mapping[str, Any], *, act: Act = CHANGED, by: User | None, now: datetime) -> None:
    record(act, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str) else str(value)
