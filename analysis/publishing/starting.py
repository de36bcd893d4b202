"""Services: a publication is started, its words are written, its day is announced and moved."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import Act, declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.publishing.models import CalendarEntry, Publication, Wording
from analysis.publishing.moments import NoSuchMorning, is_imminent, is_late, is_short_notice, moment_on
from analysis.publishing.refusals import NotReady, OutAlready, TakenBack
from analysis.publishing.standing import Standing
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave
from survey.moments import moment_in_words

STARTED = declare("publication.started", "Started a publication")
WORDED = declare("publication.worded", "Wrote the words of a publication")
ANNOUNCED = declare("publication.announced", "Announced a publication, or moved its day")


@transaction.atomic
def start_publication(wave: Wave, *, title: str, by: User, now: datetime) -> Publication:
    """A publication that is not announced yet. NotReady for a test wave: its answers are nobody's."""
    wave = lock_wave(wave)
    if wave.is_test:
        raise NotReady(f"{wave} is a test. Publish a wave whose answers are real.")
    many = wave.publications.count()
    found = Publication.objects.create(
        wave=wave, slug=_free_slug(wave, many + 1), title=title, started_by=by, started_at=now
    )
    _record(STARTED, found, {"slug": found.slug}, by=by, now=now)
    return found


def _free_slug(wave: Wave, number: int) -> str:
    slug = wave.slug if number == 1 else f"{wave.slug}-{number}"
    taken = Publication.objects.filter(slug=slug).exists()
    return _free_slug(wave, number + 1) if taken else slug


@transaction.atomic
def write_words(publication: Publication, *, words: Mapping[str, str], by: User, now: datetime) -> Wording:
    """Keeps what the page says beside the tables. What is out says what it said: a correction takes up new words."""
    still_there(publication)
    kept = Wording.objects.create(publication=publication, **words, written_by=by, written_at=now)
    _record(WORDED, publication, {"wording": kept.pk}, by=by, now=now)
    return kept


@transaction.atomic
def announce(
    publication: Publication, *, day: date, reason: str = "", late_reason: str = "", by: User, now: datetime
) -> CalendarEntry:
    """Keeps the day in the public calendar; the moment is 09:30 in England.

    Raises ValidationError for a day that will not do or a reason that is missing, OutAlready once it is out.
    """
    lock_wave(publication.wave)
    found = still_there(publication)
    if found.is_out(now=now):
        since = moment_in_words(found.committed[0].moment)
        raise OutAlready(f"{publication} is out since {since}. Correct it instead.")
    if found.committed and is_imminent(found.committed[0].moment, now=now):
        raise OutAlready(f"{publication} comes out in less than two minutes. Correct or withdraw it once it is out.")
    try:
        moment = moment_on(day, now=now)
    except NoSuchMorning as error:
        raise ValidationError({"day": str(error)}) from None
    _require_reasons(found, moment, reason=reason, late_reason=late_reason, now=now)
    kept = CalendarEntry.objects.create(
        publication=publication, moment=moment, reason=reason, late_reason=late_reason, made_by=by, made_at=now
    )
    detail = {"moment": moment.isoformat(), "reason": reason, "late_reason": late_reason}
    _record(ANNOUNCED, publication, detail, by=by, now=now)
    return kept


def _require_reasons(found: Standing, moment: datetime, *, reason: str, late_reason: str, now: datetime) -> None:
    before = found.announced
    if before and before.moment == moment and (before.late_reason or not late_reason):
        raise ValidationError({"day": "It is announced for this day already"})
    is_moved = before is not None and before.moment != moment
    if is_moved and not reason:
        raise ValidationError({"reason": "Say why the day is moved: the calendar shows it"})
    if (is_moved or not before) and is_short_notice(moment, now=now) and not reason:
        raise ValidationError({"reason": "This day is less than four weeks away. Say why: the calendar shows it"})
    if found.editions and is_late(moment, draft=found.editions[0].prepared_at) and not late_reason:
        raise ValidationError(
            {"late_reason": "This is more than twelve weeks after the final draft. Say why: the page shows it"}
        )


def still_there(publication: Publication) -> Standing:
    """How it stands now; TakenBack if it was withdrawn."""
    found = Standing(Publication.objects.select_related("wave", "withdrawal").get(pk=publication.pk))
    if found.withdrawal:
        raise TakenBack(f"{publication} was withdrawn on {moment_in_words(found.withdrawal.at)}. Start a new one.")
    return found


def _record(act: Act, publication: Publication, detail: Mapping[str, object], *, by: User, now: datetime) -> None:
    record(act, by=by, subject=publication, wave=publication.wave.slug, detail=detail, now=now)
