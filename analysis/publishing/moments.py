"""When statistics come out: 09:30 in England on a working day, announced four weeks ahead (M95, M97). Pure."""

from datetime import date, datetime, time, timedelta

from survey.working_days import ENGLAND, moment_in_england, why_no_work

AT = time(9, 30)
NOTICE = timedelta(days=28)
AFTER_DRAFT = timedelta(weeks=12)
SETTLED = timedelta(minutes=2)  # before its moment nothing changes any more: an audit takes a part of it
LONGEST_EARLY = 24


class NoSuchMorning(ValueError):
    """Nothing comes out on this day. Its text is a sentence."""


def moment_on(day: date, *, now: datetime) -> datetime:
    """The moment on this day; NoSuchMorning where it is past, or people in England are not at work."""
    if why := why_no_work(day):
        raise NoSuchMorning(f"{day.day} {day:%B %Y} is {why}. Choose a working day")
    moment = moment_in_england(datetime.combine(day, AT))
    if moment <= now:
        raise NoSuchMorning("09:30 on this day has passed. Choose a later day")
    if is_imminent(moment, now=now):
        raise NoSuchMorning("09:30 on this day is less than two minutes away. Choose a later day")
    return moment


def is_imminent(moment: datetime, *, now: datetime) -> bool:
    """Whether it is so near that what is begun now may be done only after it."""
    return now < moment < now + SETTLED


def is_short_notice(moment: datetime, *, now: datetime) -> bool:
    """Whether there are fewer than 28 days from today to that day."""
    return moment.astimezone(ENGLAND).date() - now.astimezone(ENGLAND).date() < NOTICE


def is_late(moment: datetime, *, draft: datetime) -> bool:
    """Whether it is more than twelve weeks after the final draft."""
    return moment.astimezone(ENGLAND).date() > draft.astimezone(ENGLAND).date() + AFTER_DRAFT
