"""What the public pages say."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from analysis.core.table import Table
from analysis.outputs.formats import FORMATS
from analysis.outputs.tables_html import TablePage, table_page
from analysis.publishing.api.tables import ONE_TABLE
from analysis.publishing.early import published_list
from analysis.publishing.public.finding import Found, forms_of, page_of, tables_of
from analysis.publishing.standing import Out, Standing
from survey.counting import counted
from survey.moments import day_in_words, moment_in_words

Place = Callable[[str, str], str]  # where a part of this kind and name is; empty where it is not handed out
INTERVALS = (
    "The files also tell how far each answer may lie from all boards: its 95% interval, and what is certain whatever "
    "the silent boards think."
)
REPORT = {"pdf": "Report (PDF, {})", "docx": "Report (Word, {})"}


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True)
class Correction:
    """What was corrected, when, why, and how much."""

    title: str
    what: str
    why: str
    size: str


@dataclass(frozen=True)
class Early:
    """Somebody who could see it before it was out."""

    name: str
    role: str
    reason: str
    hours: str


@dataclass(frozen=True)
class PublicationPage:
    """One publication at one edition; `texts` are those that were kept with it."""

    title: str
    date: str
    wave_title: str
    embargo: str
    older: Link | None
    withdrawn: str
    texts: dict[str, Any]
    corrections: tuple[Correction, ...]
    downloads: tuple[Link, ...]
    reports: tuple[Link, ...]
    reading_url: str
    tables: tuple[Link, ...]
    intervals: str
    editions: tuple[Link, ...]
    early: tuple[Early, ...]
    dates: tuple[str, ...]
    api_url: str


@dataclass(frozen=True)
class OneTablePage:
    """One table of a publication."""

    title: str
    publication: Link
    embargo: str
    table: TablePage
    downloads: tuple[Link, ...]


@dataclass(frozen=True)
class ReadingPage:
    """The report of a publication, to be read on a screen."""

    title: str
    publication: Link
    older: Link | None
    reports: tuple[Link, ...]
    article: SafeString
    embargo: str = ""


def publication_page(found: Found, *, now: datetime, embargo: str = "", place: Place | None = None) -> PublicationPage:
    """The page of one edition; `embargo` is what those must read who see it early, `place` where its parts are then."""
    standing, publication = found.standing, found.standing.publication
    out = standing.out(now=now)
    withdrawal = standing.withdrawal
    is_shown = withdrawal is None
    texts: dict[str, Any] = page_of(found.edition) if is_shown else {}
    forms = forms_of(found.edition) if is_shown else {}
    tables = tables_of(found.edition) if is_shown else ()
    where = place or partial(_part, found, out)
    return PublicationPage(
        title=publication.title,
        date=moment_in_words(found.out.moment if embargo else out[0].moment),
        wave_title=publication.wave.title,
        embargo=embargo,
        older=_newer(found, out),
        withdrawn=f"Withdrawn on {moment_in_words(withdrawal.at)}. {withdrawal.reason}" if withdrawal else "",
        texts=texts,
        corrections=tuple(_corrections(out if found.out in out else (*out, found.out), is_shown=is_shown)),
        downloads=tuple(_downloads(where, texts.get("formats", [*FORMATS]))) if is_shown else (),
        reports=tuple(_reports(forms, where)),
        reading_url=where("reading", "") if "html" in forms else "",
        tables=tuple(_tables(tables, where)),
        intervals=INTERVALS if _have_intervals(tables) else "",
        editions=tuple(_editions(found, out)),
        early=() if embargo else tuple(_early(standing)),
        dates=tuple(dates_of(standing)),
        api_url="" if embargo else reverse("api:publication", args=[publication.slug]),
    )


def _have_intervals(tables: Iterable[Table]) -> bool:
    return any(cell.interval for table in tables for cell in table.cells.values())


def one_table_page(found: Found, table: Table, *, now: datetime, embargo: str = "", back: str = "") -> OneTablePage:
    """One table with its files; seen early it has none, and `back` leads to where it was seen."""
    out = found.standing.out(now=now)
    url = back or address(found, out, "page")
    return OneTablePage(
        title=table.name,
        publication=Link(found.standing.publication.title, url),
        embargo=embargo,
        table=table_page(table),
        downloads=() if embargo else tuple(_table_files(found, out, table)),
    )


def team_reading_page(found: Found, article: str, *, embargo: str, back: str) -> ReadingPage:
    """The same for the team, before anybody else may read it; `back` leads to where it is signed off."""
    title = found.standing.publication.title
    safe = mark_safe(article)  # noqa: S308 -- made by our own templates
    return ReadingPage(
        title=title, publication=Link(title, back), older=None, reports=(), article=safe, embargo=embargo
    )


def reading_page(found: Found, article: str, *, now: datetime) -> ReadingPage:
    """The report of one edition; `article` was made by our own templates when the edition was prepared."""
    out = found.standing.out(now=now)
    return ReadingPage(
        title=found.standing.publication.title,
        publication=Link(found.standing.publication.title, address(found, out, "page")),
        older=_newer(found, out),
        reports=tuple(_reports(forms_of(found.edition), partial(_part, found, out))),
        article=mark_safe(article),  # noqa: S308 -- as said above
    )


def address(found: Found, out: tuple[Out, ...], name: str, *arguments: str) -> str:
    """Where this part of the edition stands: under the publication while it is the current one."""
    slug, number = found.standing.publication.slug, found.edition.number
    if out and found.edition.pk != out[-1].edition.pk:
        return reverse(f"publications:edition_{name}", args=[slug, number, *arguments])
    return reverse(f"publications:{name}", args=[slug, *arguments])


def _newer(found: Found, out: tuple[Out, ...]) -> Link | None:
    after = next((each for each in out if each.edition.number > found.edition.number), None)
    if after is None:
        return None
    url = reverse("publications:page", args=[found.standing.publication.slug])
    return Link(f"This edition was replaced on {moment_in_words(after.moment)}.", url)


def _corrections(out: tuple[Out, ...], *, is_shown: bool) -> Iterator[Correction]:
    """Each with its words; of what was withdrawn that it was corrected, and when, but nothing of what it said."""
    for each in reversed(out):
        if each.edition.corrects_id:
            title = f"Corrected on {moment_in_words(each.moment)}"
            told = (each.edition.what, each.edition.why, each.edition.size) if is_shown else ("", "", "")
            yield Correction(title, *told)


def _part(found: Found, out: tuple[Out, ...], kind: str, name: str) -> str:
    """Where the public finds a part."""
    return address(found, out, kind, *([name] if name else []))


def _downloads(where: Place, packed: Collection[str]) -> Iterator[Link]:
    """The formats that the edition was packed in: one that the product learned later is not among its files."""
    offered = ((name, kind) for name, kind in FORMATS.items() if name in packed)
    yield from (Link(kind.words, url) for name, kind in offered if (url := where("file", name)))


def _reports(forms: Mapping[str, int], where: Place) -> Iterator[Link]:
    for form, words in REPORT.items():
        if form in forms and (url := where("report", form)):
            yield Link(words.format(filesizeformat(forms[form])), url)


def _tables(tables: Iterable[Table], where: Place) -> Iterator[Link]:
    for table in tables:
        yield Link(table.heading, where("table", table.id))


def _table_files(found: Found, out: tuple[Out, ...], table: Table) -> Iterator[Link]:
    is_old = bool(out) and found.edition.pk != out[-1].edition.pk
    for name, kind in ONE_TABLE.items():
        url = reverse("api:table", args=[found.standing.publication.slug, f"{table.id}.{name}"])
        yield Link(kind.words, f"{url}?edition={found.edition.number}" if is_old else url)


def _editions(found: Found, out: tuple[Out, ...]) -> Iterator[Link]:
    """The others, where there are any."""
    for each in out:
        if each.edition.pk != found.edition.pk:
            words = f"Edition {each.edition.number}, {moment_in_words(each.moment)}"
            yield Link(words, address(Found(found.standing, each), out, "page"))


def _early(standing: Standing) -> Iterator[Early]:
    for each in published_list(standing):
        yield Early(each.name, each.role, each.reason, counted(each.hours, "hour"))


def dates_of(standing: Standing) -> Iterator[str]:
    """When it was announced for when, and why it was moved, at short notice or late; or a reason alone was added."""
    before = None
    for each in standing.announcements:
        verb = "Announced for" if before is None else "Moved to" if each.moment != before else "A reason was added for"
        before = each.moment
        reasons = " ".join(reason for reason in (each.reason, each.late_reason) if reason)
        yield f"{verb} {moment_in_words(each.moment)}, on {day_in_words(each.made_at)}. {reasons}".strip()
