"""On which days boards are reminded (pure)."""

from datetime import date, datetime, time, timedelta

from survey.working_days import ENGLAND, is_working_day, working_day_from

AFTER_OPENING = (7, 14, 21)
LAST_DAYS = 2
MORNING = time(10)


def reminder_days(opens: date, closes: date) -> list[date]:
    """Days 7, 14 and 21 after opening, moved to working days, and the last two working days before the closing day."""
    last = [closes]
    for _ in range(LAST_DAYS):
        last.append(working_day_before(last[-1]))
    regular = (working_day_from(opens + timedelta(days=days)) for days in AFTER_OPENING)
    return sorted({day for day in (*regular, *last[1:]) if opens < day < closes})


def working_day_before(day: date) -> date:
    """The last working day before the day."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def morning_of(day: date) -> datetime:
    """Ten o'clock on that day in England, in summer as in winter."""
    return datetime.combine(day, MORNING, tzinfo=ENGLAND)
