"""Service of the worker: reckons from the answers what a page could not wait for. It keeps counts, never an answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from time import perf_counter
from typing import Any

from django.db.models import Count, F, Max, Sum
from django.utils import timezone

from accounts.outbox.models import Message, MessageState
from analysis.monitoring.models import Tally
from respondents.contacts.eligibility import counted_returns, counted_submissions, eligible_returns
from respondents.contacts.models import ContactEntry, OutcomeDecision
from respondents.contacts.outcomes import outcomes_of, settings_of
from respondents.correspondence.feedback import minutes_of
from respondents.correspondence.models import Feedback
from respondents.register.models import Appointment
from respondents.returns.models import Save, SaveSource
from survey.models import Wave
from survey.schema.document import NOT_ANSWERED, NOT_ASKED, REFUSED, Questionnaire

CHUNK = 2_000
IDLE = timedelta(minutes=10)
REST = 20  # a tally that took long is not made again before so many times as long
UNANSWERED = (NOT_ANSWERED, REFUSED)


def tally_waves(*, now: datetime) -> int:
    """Makes the tallies that are out of date; says how many were made."""
    waves = Wave.objects.opened().select_related("tally")
    return sum(tally_wave(wave, now=now) for wave in waves)


def tally_wave(wave: Wave, *, now: datetime) -> bool:
    """Makes the tally of this wave unless nothing has changed or the last one was long and just made."""
    last, stamp = getattr(wave, "tally", None), _stamp(wave, day=timezone.localdate(now))
    if last and (last.stamp == stamp or now < last.reckoned_at + timedelta(seconds=REST * last.seconds)):
        return False
    begun = perf_counter()
    content = _reckon(wave, now=now)
    defaults = {"stamp": stamp, "content": content, "reckoned_at": now, "seconds": perf_counter() - begun}
    Tally.objects.update_or_create(wave=wave, defaults=defaults)
    return True


def _stamp(wave: Wave, *, day: date) -> str:
    """Another each day and whenever a return was saved, sent or taken away, or what its outcome hangs on changed."""
    returns = wave.returns.counting().aggregate(
        Count("pk"), Sum("version"), Sum("submitted_version"), Max("submitted_at")
    )
    notes = (
        Feedback.objects.filter(survey_return__wave=wave).count(),
        ContactEntry.objects.filter(survey_return__wave=wave).count(),
        OutcomeDecision.objects.filter(survey_return__wave=wave).count(),
    )
    chairs = Appointment.objects.filter(board__returns__wave=wave).aggregate(
        Count("pk"), Count("until_date"), Count("board__ended_on"), Max("board__ended_on"), Max("person__last_login")
    )
    bounced = Message.objects.filter(state=MessageState.BOUNCED).count()
    told = (day, settings_of(wave).cut_offs, bounced, *chairs.values())
    return " ".join(str(part) for part in (*returns.values(), *notes, *told))


def _reckon(wave: Wave, *, now: datetime) -> dict[str, Any]:
    minutes = minutes_of(wave)
    active = active_minutes(_moments(wave))
    return {
        "items": _items(wave),
        "stopped": _stopped(wave, now=now),
        "minutes": {"returns": len(minutes), "median": median(minutes) if minutes else None},
        "active": {"returns": len(active), "median": round(median(active), 1) if active else None},
        "returns": counted_returns(wave).count(),
        "recontacts": ContactEntry.objects.filter(survey_return__wave=wave).count(),
        "devices": _devices(wave, now=now),
        "satisfaction": _satisfaction(wave),
        "outcomes": dict(Counter(each.disposition.value for each in outcomes_of(wave, now=now).values())),
    }


def _items(wave: Wave) -> dict[str, list[int]]:
    """For each item with codes: of how many returns it was asked, and how many answered it."""
    asked: Counter[str] = Counter()
    blank: Counter[str] = Counter()
    counting = counted_submissions(wave).order_by()
    for answers in counting.values_list("answers", flat=True).iterator(chunk_size=CHUNK):
        asked.update(code for code, value in answers.items() if value != NOT_ASKED)
        blank.update(code for code, value in answers.items() if value in UNANSWERED)
    coded = (code for code, item in wave.questionnaire.items.items() if item.coded)
    return {code: [asked[code], asked[code] - blank[code]] for code in coded}


def _stopped(wave: Wave, *, now: datetime) -> dict[str, int]:
    """On which page the unfinished returns were last changed."""
    silent = eligible_returns(wave, now=now).filter(submitted_version=None)
    last = Save.objects.filter(survey_return__in=silent, version=F("survey_return__version"))
    found: Counter[str] = Counter()
    for changes in last.order_by().values_list("changes", flat=True).iterator(chunk_size=CHUNK):
        page = _furthest(changes, wave.questionnaire)
        if page:
            found[page] += 1
    return dict(found)


def _furthest(changes: Mapping[str, Any], questionnaire: Questionnaire) -> str:
    """The last page, in the order of the questionnaire, that this save changed."""
    touched = {questionnaire.page_of(code).code for code in changes if code in questionnaire.items}
    return next((page.code for page in reversed(questionnaire.pages) if page.code in touched), "")


def _moments(wave: Wave) -> Iterable[tuple[Any, datetime]]:
    """When each return that was sent was saved on the respondents' pages, return by return."""
    saves = Save.objects.filter(survey_return__in=counted_returns(wave), source=SaveSource.PORTAL)
    return saves.order_by("survey_return", "version").values_list("survey_return", "made_at").iterator(CHUNK)


def active_minutes(moments: Iterable[tuple[Any, datetime]]) -> list[float]:
    """For each return the minutes between its saves, pauses of more than ten minutes left out (M84)."""
    found = []
    for _, saves in groupby(moments, key=itemgetter(0)):
        times = [moment for _, moment in saves]
        gaps = (later - earlier for earlier, later in pairwise(times))
        found.append(sum((gap for gap in gaps if gap <= IDLE), timedelta()) / timedelta(minutes=1))
    return [minutes for minutes in found if minutes > 0]


def _devices(wave: Wave, *, now: datetime) -> dict[str, int]:
    """On how many returns of eligible boards each kind of device was used."""
    saves = Save.objects.filter(survey_return__in=eligible_returns(wave, now=now)).exclude(device="")
    return dict(saves.order_by().values_list("device").annotate(Count("survey_return", distinct=True)))


def _satisfaction(wave: Wave) -> dict[str, int]:
    said = Feedback.objects.filter(survey_return__in=counted_returns(wave), satisfaction__isnull=False).order_by()
    return {str(value): number for value, number in said.values_list("satisfaction").annotate(Count("pk"))}
