"""The register in words: days, chairs, vacancies, and what changed from what to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from respondents.register.history import ChangeKind, RegisterChange, Subject, Value, Values
from respondents.register.models import Appointment, AppointmentKind

NAMES = {
    "name": "Name",
    "area_name": "Area",
    "authority_type": "Authority type",
    "region": "Region",
    "authorities": "Authorities",
    "started_on": "First day",
    "ended_on": "Day it ended",
    "from": "First day",
    "until": "Last day",
    "kind": "Capacity",
    "email": "Email address",
}
_DAYS = {"started_on", "ended_on", "from", "until"}


@dataclass(frozen=True)
class ChangedField:
    """One field: what stood there and what stands there now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeLine:
    """One change of one row."""

    when: str
    who: str
    what: str
    fields: tuple[ChangedField, ...]
    reason: str


def day_in_words(day: date | None) -> str:
    """Such as 1 April 2011."""
    return f"{day:%-d %B %Y}" if day else ""


def value_in_words(name: str, value: Value) -> str:
    """A field as a person reads it; a dash for nothing."""
    if not value:
        return "–"
    if isinstance(value, list):
        return "; ".join(value)
    if name in _DAYS:
        return day_in_words(date.fromisoformat(value))
    return str(AppointmentKind(value).label) if name == "kind" else value


def fields_in_words(values: Values, *, kind: str) -> tuple[ChangedField, ...]:
    """Each field that changed; what was added had nothing before."""
    is_new = kind == ChangeKind.ADDED
    return tuple(
        ChangedField(NAMES.get(name, name), "" if is_new else value_in_words(name, before), value_in_words(name, after))
        for name, (before, after) in values.items()
        if before or after
    )


def what_happened(subject: str, kind: str, about: str) -> str:
    """Such as: Chair appointed: Ann Ash, barnet."""
    verbs = {
        (Subject.APPOINTMENT, ChangeKind.ADDED): "Appointment",
        (Subject.APPOINTMENT, ChangeKind.ENDED): "End of an appointment",
    }
    words = verbs.get((Subject(subject), ChangeKind(kind)))
    return f"{words or f'{Subject(subject).label} {ChangeKind(kind).label.lower()}'}: {about}"


def history_in_words(changes: Iterable[RegisterChange]) -> tuple[ChangeLine, ...]:
    """Who changed what, when, and from what to what."""
    return tuple(
        ChangeLine(
            when=f"{timezone.localtime(change.at):%-d %B %Y, %H:%M}",
            who=str(change.by) if change.by else "A command",
            what=what_happened(change.subject, change.kind, change.about),
            fields=fields_in_words(change.values, kind=change.kind),
            reason=change.reason,
        )
        for change in changes
    )


def chairs_in_words(current: Sequence[Appointment]) -> str:
    """Who chairs a board today, and in what capacity."""
    return ", ".join(
        f"{each.person} (interim chair)" if each.kind == AppointmentKind.INTERIM else str(each.person)
        for each in current
    )


def vacancy_in_words(appointments: Sequence[Appointment], *, today: date) -> str:
    """Since when nobody has chaired the board."""
    past = [each.until_date for each in appointments if each.until_date and each.until_date < today]
    return f"Vacant since {day_in_words(max(past) + timedelta(days=1))}" if past else "Vacant: no chair is known"


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Such as: 3 added, 1 changed, 145 unchanged."""
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number) or "nothing"
