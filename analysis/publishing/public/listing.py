"""The list of what is out."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from analysis.publishing.public.finding import summaries_of
from analysis.publishing.standing import Standing
from survey.moments import day_in_words


@dataclass(frozen=True)
class ListLine:
    """One publication of the list."""

    title: str
    url: str
    date: str
    summary: str
    state: str


def list_lines(found: tuple[Standing, ...], *, now: datetime) -> tuple[ListLine, ...]:
    """One line for each that is out; the summary is that of the edition that counts."""
    summaries = summaries_of(each.out(now=now)[-1].edition for each in found)
    return tuple(_line(each, summaries, now=now) for each in found)


def _line(standing: Standing, summaries: dict[int, str], *, now: datetime) -> ListLine:
    out = standing.out(now=now)
    state = "Withdrawn" if standing.withdrawal else f"Corrected on {day_in_words(out[-1].moment)}" if out[1:] else ""
    return ListLine(
        title=standing.publication.title,
        url=reverse("publications:page", args=[standing.publication.slug]),
        date=day_in_words(out[0].moment),
        summary="" if standing.withdrawal else summaries[out[-1].edition.pk],
        state=state,
    )
