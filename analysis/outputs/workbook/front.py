"""The sheets that are no tables of the survey: cover, contents and notes."""

from collections.abc import Iterator, Mapping

from analysis.core.national import response_in
from analysis.core.response import Rate
from analysis.core.table import Table
from analysis.outputs.table_set import TableSet
from analysis.outputs.workbook.naming import CONTENTS, COVER, INTERVALS, NOTES
from analysis.outputs.workbook.noting import Notes
from analysis.outputs.workbook.values import Grid, Line, Linked, Page, plain

HOW_TO_READ = """\
Percentages are of the base that each sheet names, unweighted unless it says otherwise.
They are rounded to whole numbers, halves upwards.
Every figure is a number. What qualifies it, such as [note 1], is shown behind it, and told in the last column.
Where there is no number a marker says why. Each sheet explains its markers above its table.
"""


def cover_page(made: TableSet) -> Page:
    """Return the cover: whose tables these are, of when, from how many answers, and how to read them."""
    return Page(COVER, tuple(_cover_lines(made)))


def _cover_lines(made: TableSet) -> Iterator[Line]:
    yield Line(plain(made.cover.title), "title")
    yield from (Line(plain(said), "notice") for said in (*made.cover.notices, *made.marks))
    facts = (*made.cover.facts, *_response(made), *_sources(made.tables))
    for label, words in facts:
        yield Line(plain(label), "heading")
        yield Line(plain(words))
    yield Line("How to read the tables", "heading")
    yield from map(Line, HOW_TO_READ.splitlines())
    yield Line("Where to begin", "heading")
    yield Line(Linked("Contents: the list of all tables", CONTENTS))
    yield Line(Linked("Notes: what must be known of some tables and figures", NOTES))


def _response(made: TableSet) -> Iterator[tuple[str, str]]:
    """The response of all boards, unless the facts tell it already."""
    found = response_in(made.tables)
    if found and "Response" not in dict(made.cover.facts):
        rate = Rate(found.returns, found.boards, "boards")
        yield "Response", f"{rate}."


def _sources(tables: tuple[Table, ...]) -> Iterator[tuple[str, str]]:
    yield from (("Source", source) for source in dict.fromkeys(table.source for table in tables))


def contents_page(made: TableSet, *, sheets: Mapping[str, str], has_intervals: bool) -> Page:
    """Return the list of sheets, each with a link that leads there."""
    tables = ((Linked(sheets[table.id], sheets[table.id]), plain(table.title)) for table in made.tables)
    rows = (
        (Linked(COVER, COVER), "What these tables are, and how to read them"),
        (Linked(NOTES, NOTES), "What must be known of some tables and figures"),
        *tables,
        *([(Linked(INTERVALS, INTERVALS), "How far each figure may lie from all boards")] if has_intervals else []),
    )
    lines = (Line("Contents", "title"), Line("This sheet holds one table: each of its rows leads to a sheet."))
    return Page(CONTENTS, lines, Grid("contents", ("Sheet", "What it holds"), rows))


def notes_page(notes: Notes) -> Page:
    """Return the notes by number, with the sheets they are about."""
    lines = (
        Line("Notes", "title"),
        Line("This sheet holds one table."),
        Line(Linked("Back to the contents", CONTENTS)),
    )
    rows = tuple((note.mark, plain(note.text), ", ".join(note.sheets)) for note in notes)
    none = (("[note 0]", "No table has a note.", "None"),)
    return Page(NOTES, lines, Grid("notes", ("Note", "What it says", "Sheets"), rows or none))
