"""What of one return may be answered at one moment: decided here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from respondents.returns.models import Return
from respondents.returns.reopening import Reopening


@dataclass(frozen=True)
class Openness:
    """The sections that may be answered; as long as there are any, the return may be submitted too."""

    sections: frozenset[str] = frozenset()
    reopenings: tuple[Reopening, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sections)

    def allows(self, section: str) -> bool:
        """Whether answers to this section may be saved."""
        return section in self.sections


def openness_of(found: Return, *, now: datetime) -> Openness:
    """Everything until the return closes; after that, the sections that were reopened until later than `now`.

    What was reopened is looked up only once the return has closed, and once for each return that was found.
    """
    if is_in_time(found, now=now):
        return Openness(frozenset(section.code for section in found.wave.questionnaire.sections))
    if now < found.wave.opens_at:
        return Openness()
    prefetch_related_objects([found], "reopenings")
    in_force = (each for each in found.reopenings.all() if each.is_in_force(now))
    reopenings = tuple(sorted(in_force, key=lambda each: each.until, reverse=True))
    return Openness(frozenset(code for each in reopenings for code in each.sections), reopenings)


def over_of(found: Iterable[Return], *, now: datetime) -> frozenset[UUID]:
    """Which of these returns have closed and are reopened in no part; asked once for all of them."""
    closed = [each for each in found if now >= each.closes_at]
    prefetch_related_objects(closed, "reopenings")
    return frozenset(each.pk for each in closed if not any(one.is_in_force(now) for one in each.reopenings.all()))


def is_in_time(found: Return, *, now: datetime) -> bool:
    """Whether the wave has opened and the return has not closed: with its wave, or later where it was extended."""
    wave = found.wave
    return wave.opened_at is not None and wave.opens_at <= now < found.closes_at


def sections_of(found: Return, items: Iterable[str]) -> frozenset[str]:
    """The sections in which these items are asked."""
    questionnaire = found.wave.questionnaire
    return frozenset(questionnaire.section_of(questionnaire.page_of(item).code).code for item in items)
