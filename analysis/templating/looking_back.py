"""What the pages of earlier versions say."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.templating.differing import Row, side_by_side
from analysis.templating.pages import address, said_of
from analysis.templating.versions import Version
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class Entry:
    """One version in the list; `state` says whether reports are made from it."""

    words: str
    state: str
    note: str
    url: str
    compare_url: str
    compare_words: str


@dataclass(frozen=True)
class VersionsPage:
    """All versions, the latest first."""

    wave: Wave
    entries: tuple[Entry, ...]
    edit_url: str


@dataclass(frozen=True)
class VersionPage:
    """One version as it was saved; what brings it back, unless it is the latest."""

    wave: Wave
    number: int
    said: str
    note: str
    text: str
    versions_url: str
    compare_url: str
    restore_url: str


@dataclass(frozen=True)
class ComparePage:
    """Two versions side by side."""

    wave: Wave
    old: int
    new: int
    said: tuple[str, str]
    rows: tuple[Row, ...]
    versions_url: str


def versions_page(wave: Wave, versions: Sequence[Version], *, used: Version) -> VersionsPage:
    """The list, and which of them reports are made from."""
    entries = tuple(_entry(wave, each, used=used) for each in versions)
    return VersionsPage(wave, entries, address("edit", wave))


def version_page(wave: Wave, version: Version, *, latest: Version) -> VersionPage:
    """One version; an old one may be brought back."""
    is_old = version.number != latest.number
    return VersionPage(
        wave=wave,
        number=version.number,
        said=said_of(version),
        note=version.note,
        text=version.text,
        versions_url=address("versions", wave),
        compare_url=address("compare", wave, version.number, latest.number) if is_old else "",
        restore_url=address("restore", wave, version.number) if is_old else "",
    )


def compare_page(wave: Wave, old: Version, new: Version) -> ComparePage:
    """What changed from one version to the other."""
    rows = side_by_side(old.text, new.text)
    said = (said_of(old), said_of(new))
    return ComparePage(wave, old.number, new.number, said, rows, address("versions", wave))


def _entry(wave: Wave, version: Version, *, used: Version) -> Entry:
    before = version.number - 1
    return Entry(
        words=said_of(version),
        state=_state(version, used=used),
        note=version.note,
        url=address("version", wave, version.number),
        compare_url=address("compare", wave, before, version.number) if version.number else "",
        compare_words=f"Compare with version {before}",
    )


def _state(version: Version, *, used: Version) -> str:
    if version.number == used.number:
        return "Reports are made from it"
    if version.is_usable:
        return ""
    return counted(version.problems, "problem")
