"""The Atom feed of releases, corrections and the release calendar (M44): ids stay, corrected entries move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from accounts.onwards import whole_address
from analysis.publishing.public.calendar import changes_of
from analysis.publishing.public.finding import summaries_of
from analysis.publishing.standing import Standing
from survey.moments import moment_in_words

MOST = 100


@dataclass(frozen=True)
class Entry:
    """One entry: its id never changes, `updated` moves when it says something else."""

    id: str
    title: str
    text: str
    url: str
    published: datetime
    updated: datetime
    category: str


def entries(found: tuple[Standing, ...], *, now: datetime) -> tuple[Entry, ...]:
    """All of them, the one that changed last first; nothing of a publication before its moment but its day."""
    summaries = summaries_of(out.edition for each in found if (out := each.current(now=now)))
    every = [entry for standing in found for entry in _entries(standing, summaries, now=now)]
    return tuple(sorted(every, key=lambda each: each.updated, reverse=True)[:MOST])


def _entries(standing: Standing, summaries: dict[int, str], *, now: datetime) -> Iterator[Entry]:
    if standing.announcements:
        yield _announced(standing, now=now)
    if standing.is_out(now=now):
        yield _released(standing, summaries, now=now)
        yield from _corrections(standing, now=now)


def _announced(standing: Standing, *, now: datetime) -> Entry:
    first = standing.announcements[0]
    words, since = _came(standing, now=now)
    said = [words, *changes_of(standing)]
    return Entry(
        id=f"urn:uuid:{uuid5(standing.publication.key, 'calendar')}",
        title=f"Calendar: {standing.publication.title}",
        text=" ".join(said),
        url=reverse("publications:calendar"),
        published=first.made_at,
        updated=since,
        category="calendar",
    )


def _came(standing: Standing, *, now: datetime) -> tuple[str, datetime]:
    """How far it is, and since when."""
    last, out, withdrawal = standing.announcements[-1], standing.out(now=now), standing.withdrawal
    day = moment_in_words(last.moment)
    if withdrawal:
        return f"Announced for {day}; withdrawn on {moment_in_words(withdrawal.at)}.", withdrawal.at
    if out:
        return f"Published on {day}.", out[0].moment
    if last.moment <= now:
        return f"It was to be published on {day} and is delayed. A new day will stand here.", last.moment
    return f"To be published on {day}.", last.made_at


def _released(standing: Standing, summaries: dict[int, str], *, now: datetime) -> Entry:
    out, withdrawal = standing.out(now=now), standing.withdrawal
    text = f"Withdrawn: {withdrawal.reason}" if withdrawal else summaries[out[-1].edition.pk]
    return Entry(
        id=f"urn:uuid:{standing.publication.key}",
        title=standing.publication.title,
        text=text,
        url=reverse("publications:page", args=[standing.publication.slug]),
        published=out[0].moment,
        updated=withdrawal.at if withdrawal else out[-1].moment,
        category="release",
    )


def _corrections(standing: Standing, *, now: datetime) -> Iterator[Entry]:
    """Each stays, since its id does; what was withdrawn says nothing of what it said."""
    withdrawal = standing.withdrawal
    for out in standing.out(now=now)[1:]:
        edition = out.edition
        yield Entry(
            id=f"urn:uuid:{edition.key}",
            title=f"Corrected: {standing.publication.title}",
            text="Withdrawn." if withdrawal else f"{edition.what} {edition.why} {edition.size}",
            url=reverse("publications:page", args=[standing.publication.slug]),
            published=out.moment,
            updated=withdrawal.at if withdrawal else out.moment,
            category="correction",
        )


if TYPE_CHECKING:
    _Feed = Feed[Entry, tuple[Entry, ...]]
else:
    _Feed = Feed  # knows no types while it runs


class ReleaseFeed(_Feed):
    """The entries as Atom."""

    feed_type = Atom1Feed
    title = "Publications of the survey"
    subtitle = "Releases, corrections and the release calendar."

    def __init__(self, found: tuple[Entry, ...]) -> None:
        self.found = found

    def link(self) -> str:
        return whole_address(reverse("publications:list"))

    def feed_url(self) -> str:
        return whole_address(reverse("publications:feed"))

    def items(self) -> tuple[Entry, ...]:
        return self.found

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.text

    def item_link(self, item: Entry) -> str:
        return whole_address(item.url)

    def item_guid(self, item: Entry) -> str:
        return item.id

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated

    def item_categories(self, item: Entry) -> tuple[str, ...]:
        return (item.category,)
