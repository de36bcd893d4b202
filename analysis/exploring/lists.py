"""What is listed below the explorer: the tables that somebody kept, and those that were taken away."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.exploring.choice import Choice, choice_of
from analysis.exploring.links import address
from analysis.exploring.models import CopyTaken, SavedTable
from analysis.exploring.specifying import spoken
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Kept:
    """A table that somebody kept or took away, and the address that shows it."""

    title: str
    url: str
    by: str


def kept_tables(wave: Wave) -> Iterator[Kept]:
    """The latest first."""
    for each in SavedTable.objects.filter(wave=wave).select_related("saved_by").order_by("-pk"):
        by = f"kept by {each.saved_by or 'an operator'} on {moment_in_words(each.saved_at)}"
        yield Kept(each.title, address(wave, choice_of(each.specification)), by)


def copies_taken(wave: Wave) -> Iterator[Kept]:
    """Each table that was taken away of the wave, with the last copy of it; the latest first."""
    found: dict[Choice, list[CopyTaken]] = {}
    for each in CopyTaken.objects.filter(wave=wave).select_related("taken_by").defer("told").order_by("-pk"):
        found.setdefault(choice_of(each.specification), []).append(each)
    for choice, copies in found.items():
        yield Kept(spoken(choice, wave.questionnaire), address(wave, choice), _taken(copies))


def _taken(copies: list[CopyTaken]) -> str:
    """“as csv by Ann on …; 3 copies in all”."""
    last = copies[0]
    by = f"as {last.output_format} by {last.taken_by} on {moment_in_words(last.taken_at)}"
    return by if len(copies) == 1 else f"{by}; {len(copies):,} copies in all"
