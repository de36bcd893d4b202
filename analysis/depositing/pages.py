"""What the page of data and deposit says: of each release that was let go, what is deposited and who may have it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from analysis.builds.models import Build
from analysis.core.cube import STRATA
from analysis.core.deposit.columns import DataColumn, group_column
from analysis.depositing.builds import DEPOSIT
from analysis.depositing.content import RECORDS, WORDS
from analysis.depositing.gathering import gathered
from analysis.depositing.telling import HELD_BACK
from analysis.disclosing.models import Release, ReleaseState
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class FileLine:
    """One file of every deposit."""

    name: str
    words: str


@dataclass(frozen=True)
class LastDeposit:
    """Where the last build of a deposit stands."""

    state: str
    asked: str
    is_under_way: bool
    url: str


@dataclass(frozen=True)
class ReleaseDeposit:
    """What is deposited of one release."""

    number: int
    title: str
    released: str
    size: str
    level: str
    access: tuple[str, ...]
    groups: tuple[str, ...]
    build_url: str
    last: LastDeposit | None


@dataclass(frozen=True)
class DepositPage:
    """Every release of a wave with its deposit."""

    wave: Wave
    releases: tuple[ReleaseDeposit, ...]
    files: tuple[FileLine, ...]
    left_out: tuple[str, ...]


def deposit_page(wave: Wave) -> DepositPage:
    """The releases that were let go, newest first."""
    releases = wave.releases.filter(steps__state=ReleaseState.RELEASED).defer("content").order_by("-number")
    built = wave.builds.filter(kind=DEPOSIT.name).defer("content")
    return DepositPage(wave, tuple(_of(each, built) for each in releases), tuple(_files()), HELD_BACK)


def _of(release: Release, built: "QuerySet[Build]") -> ReleaseDeposit:
    found = gathered(release)
    last = built.filter(number=release.number).first()
    return ReleaseDeposit(
        number=release.number,
        title=f"Release {release.number}",
        released=moment_in_words(found.released_at),
        size=f"{found.data.records.height:,} records with {len(found.data.columns)} columns",
        level=f"{found.access.level.capitalize()} access",
        access=found.access.sentences,
        groups=tuple(_groups(found.data.columns)),
        build_url=reverse("depositing:build", args=[release.wave.slug, release.number]),
        last=_last(last) if last else None,
    )


def _last(build: Build) -> LastDeposit:
    asked = f"asked for on {moment_in_words(build.requested_at)}"
    url = reverse("builds:progress", args=[build.wave.slug, build.pk])
    return LastDeposit(build.get_state_display(), asked, build.is_under_way, url)


def _groups(columns: Iterable[DataColumn]) -> Iterator[str]:
    """Of each stratum its groups, in a line."""
    for stratum in STRATA:
        labels = next((column.codes.values() for column in columns if column.name == group_column(stratum)), ())
        if labels:
            yield f"By {stratum.replace('_', ' ')}: {', '.join(f'“{label}”' for label in labels)}"


def _files() -> Iterator[FileLine]:
    every = {**{name: words for name, (words, _) in RECORDS.items()}, **WORDS, "tables/": "every table in every format"}
    yield from (FileLine(name, words) for name, words in sorted(every.items()))
