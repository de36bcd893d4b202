"""The dates of the waves as a calendar: opening, closing, mailings, the ends of reopenings; no board is named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from respondents.contacts.models import Mailing, MailingState
from respondents.returns.reopening import Reopening
from survey.models import Wave

_UNTIL_SEEN = timedelta(days=400)  # what ended longer ago is no longer of use in a calendar


def calendar_of_waves(*, now: datetime) -> bytes:
    """The calendar, as RFC 5545 wants it; three queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//LSCB survey//Dates of the waves//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Survey dates")
    calendar.add("x-published-ttl", "PT1H")
    waves = list(Wave.objects.opened().filter(is_test=False, closes_at__gte=now - _UNTIL_SEEN))
    for event in (*_of_waves(waves), *_of_mailings(waves), *_of_reopenings(waves)):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _of_waves(waves: list[Wave]) -> Iterator[Event]:
    for wave in waves:
        yield _event(f"{wave.slug}-opens", wave.opens_at, f"Opens: {wave.title}", wave)
        yield _event(f"{wave.slug}-closes", wave.closes_at, f"Closes: {wave.title}", wave)


def _of_mailings(waves: list[Wave]) -> Iterator[Event]:
    by_key = {wave.pk: wave for wave in waves}
    for mailing in Mailing.objects.filter(wave__in=waves).exclude(state=MailingState.CANCELLED):
        wave = by_key[mailing.wave_id]
        yield _event(f"mailing-{mailing.pk}", mailing.due_at, f"{mailing.get_kind_display()}: {wave.title}", wave)


def _of_reopenings(waves: list[Wave]) -> Iterator[Event]:
    """One entry for each moment at which something reopened ends, however many boards that concerns."""
    ends = Reopening.objects.filter(survey_return__wave__in=waves, until__isnull=False)
    by_key = {wave.pk: wave for wave in waves}
    for wave_id, until in ends.order_by().values_list("survey_return__wave", "until").distinct():
        wave = by_key[wave_id]
        name = f"{wave.slug}-reopening-{until:%Y%m%dT%H%M%S}"
        yield _event(name, until, f"A reopening ends: {wave.title}", wave)


def _event(name: str, moment: datetime, summary: str, wave: Wave) -> Event:
    """A moment, under a name that stays its own when it is moved."""
    event = Event()
    event.add("uid", f"{name}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", wave.opened_at)
    event.add("dtstart", moment)
    event.add("dtend", moment + timedelta(minutes=30))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event
