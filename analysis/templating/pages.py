"""What the pages of a report's text say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from analysis.templating.differing import Row, side_by_side
from analysis.templating.previewing import Preview, Told
from analysis.templating.versions import Version
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Line:
    """One line of the text with its problems."""

    number: int
    text: str
    problems: tuple[Told, ...]


@dataclass(frozen=True)
class EditPage:
    """The text being written, what is wrong with it, and what it prints."""

    wave: Wave
    said: str
    used: str
    preview: Preview | None
    lines: tuple[Line, ...]
    save_url: str
    preview_url: str
    fragment_url: str
    versions_url: str
    words_url: str
    pictures_url: str
    list_url: str


@dataclass(frozen=True)
class ConflictPage:
    """Two texts: the one that was saved meanwhile, and the one that was sent."""

    wave: Wave
    said: str
    standing: str
    rows: tuple[Row, ...]
    save_url: str
    edit_url: str


def edit_page(wave: Wave, text: str, *, latest: Version, used: Version, preview: Preview | None) -> EditPage:
    """The page on which the text is written."""
    errors = preview.errors if preview else ()
    return EditPage(
        wave=wave,
        said=said_of(latest),
        used=_used(latest, used),
        preview=preview,
        lines=_lines(text, errors) if errors else (),
        save_url=address("edit", wave),
        preview_url=address("preview", wave),
        fragment_url=address("fragment", wave),
        versions_url=address("versions", wave),
        words_url=address("words", wave),
        pictures_url=address("pictures", wave),
        list_url=reverse("builds:report", args=[wave.slug]),
    )


def conflict_page(wave: Wave, text: str, *, standing: Version) -> ConflictPage:
    """The text that was sent beside the one that stands."""
    return ConflictPage(
        wave=wave,
        said=said_of(standing),
        standing=standing.text,
        rows=side_by_side(standing.text, text),
        save_url=address("edit", wave),
        edit_url=address("edit", wave),
    )


def said_of(version: Version) -> str:
    """Which version it is, and whose."""
    if version.at is None:
        return "Version 0, the text that came with the analysis plan"
    return f"Version {version.number}, saved by {version.by} on {moment_in_words(version.at)}"


def address(view: str, wave: Wave, *numbers: int) -> str:
    """Where a page of the text of this wave's report is."""
    return reverse(f"templating:{view}", args=[wave.slug, *numbers])


def _used(latest: Version, used: Version) -> str:
    if used.number == latest.number:
        return "Reports are made from it."
    return f"Reports are made from version {used.number}, until version {latest.number} has no problems."


def _lines(text: str, problems: Sequence[Told]) -> tuple[Line, ...]:
    return tuple(
        Line(number, line, tuple(each for each in problems if each.line == number))
        for number, line in enumerate(text.split("\n"), start=1)
    )
