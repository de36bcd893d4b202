"""Tests of the finished report: its figures, its tags, and what it may not do."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pytest
from pypdf import PdfReader

from analysis.core.document.blocks import Document
from analysis.core.table import Table
from analysis.outputs.report_pdf import build_report
from analysis.outputs.tables_html import table_page
from analysis.outputs.tidy_csv import tidy_csv
from survey.printing.pdf import PrintingError
from tests.analysis.outputs.reports import TOLD, document_2012, report_2012
from tests.golden import published as golden
from tests.pdf_tags import elements_in, heading_levels, heads_of, tagged, walk
from tests.pdf_ua import problems_of

pytestmark = pytest.mark.pure


SHORT = "# Only this\n\nNothing to report.\n"


def say_nothing(doing: str, step: int, steps: int) -> None:
    pass


def build(document: Document) -> bytes:
    return build_report(document, progress=say_nothing)


def report() -> bytes:
    return report_2012()


@cache
def pages() -> tuple[str, ...]:
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(report())).pages)


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(report())) as opened:
        yield opened


# --- Figures --------------------------------------------------------------------------------------------------
def figures_of(table: Table) -> list[list[str]]:
    lines = [line for panel in table_page(table).panels for line in panel.lines]
    return [[figure.text or figure.marker for figure in line.figures] for line in lines]


@pytest.mark.parametrize("table", golden.tables(), ids=lambda table: table.id)
def test_every_figure_of_every_table_is_printed_in_its_row(table: Table) -> None:
    text = next(page for page in pages() if f"Table {table.number}.{table.title[:20]}" in page.replace(". ", "."))
    printed = re.findall(r"(?<!\w)(?:\d[\d,]*|\[[a-z]\])", text)
    at = 0
    for row in figures_of(table):
        found = next((place for place in range(at, len(printed)) if printed[place : place + len(row)] == row), None)
        assert found is not None, row
        at = found + len(row)


def test_tables_stand_on_one_page_each(pdf: pikepdf.Pdf) -> None:
    assert len(tagged(pdf, "/Table")) == 12  # the ten, the facts and the annex


def test_response_comes_before_the_silent_and_both_before_the_first_finding() -> None:
    text = "\n".join(pages()[2:])
    places = [
        text.index(words)
        for words in ("57 of 148 boards (39%)", "the 91 boards that made no return", "What chairs said")
    ]
    assert places == sorted(places)


# --- Tags -----------------------------------------------------------------------------------------------------
def test_nothing_that_a_program_can_find_is_wrong_with_its_structure() -> None:
    assert problems_of(report()) == []


def test_pdf_is_tagged_and_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "Responding to the Munro Review of Child Protection"
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert all(str(page.Tabs) == "/S" for page in pdf.pages)


def test_every_picture_says_what_it_shows(pdf: pikepdf.Pdf) -> None:
    pictures = [str(figure.Alt) for figure in tagged(pdf, "/Figure")]
    assert len(pictures) == 13
    assert pictures[0] == "One square for each of the 148 boards; 57 are filled, one for each return."
    assert pictures[1].startswith("57 of 148 boards (39%) made a return.")


def test_every_figure_in_a_table_is_tied_to_its_heads(pdf: pikepdf.Pdf) -> None:
    for table in tagged(pdf, "/Table"):
        heads = {str(head.ID) for head in elements_in(table, "/TH")}
        assert heads
        assert all(str(head.A.Scope) in {"/Row", "/Column"} for head in elements_in(table, "/TH"))
        for cell in elements_in(table, "/TD"):
            assert set(heads_of(cell)) <= heads


def test_a_rating_is_tied_to_panel_row_agency_survey_and_measure(pdf: pikepdf.Pdf) -> None:
    table = tagged(pdf, "/Table")[3]
    counts = Counter(len(heads_of(cell)) for cell in elements_in(table, "/TD"))
    # In the head's corners nothing; below panel, rating, agency, survey and measure.
    assert counts == {0: 2, 5: 15 * 21}


def test_headings_are_not_skipped(pdf: pikepdf.Pdf) -> None:
    levels = heading_levels(pdf)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_link_stands_in_a_link(pdf: pikepdf.Pdf) -> None:
    links = [inside for element, inside in walk(pdf.Root.StructTreeRoot) if str(element.S) == "/Link"]
    assert len(links) > 30
    assert not any("/Link" in inside for inside in links)


def test_bookmarks_are_the_chapters(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (title,) = outline.root
        chapters = [item.title for item in title.children]
    assert title.title == "Responding to the Munro Review of Child Protection"
    assert chapters[:4] == ["Contents", "Summary", "Background", "How the survey was done"]


def test_only_our_two_families_are_used_and_both_are_embedded(pdf: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
    families = {re.sub(r"^/[A-Z]{6}\+|-(?:Semi-Bold|Bold|Italic).*|,.*", "", name) for name in fonts}
    assert families == {"Source-Sans-3", "Source-Serif-4"}
    for font in fonts.values():
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor or (
            "/FontFile3" in font.DescendantFonts[0].FontDescriptor
        )


def test_tables_travel_with_the_report_as_csv() -> None:
    with pikepdf.open(io.BytesIO(report())) as opened:
        files = {name: opened.attachments[name].get_file().read_bytes() for name in opened.attachments}
    assert list(files) == sorted(f"table_{number}.csv" for number in range(1, 11))
    for table in golden.tables():
        assert files[f"{table.id}.csv"].decode() == tidy_csv([table])


def test_footnotes_stand_at_the_foot_of_the_page_that_calls_them() -> None:
    (page,) = (page for page in pages() if "One person may chair several boards" in page)
    assert page.index("Who did not answer") < page.index("is one person and two")


# --- What it may not do ---------------------------------------------------------------------------------------
def test_the_same_content_gives_the_same_bytes_and_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        again = build(document_2012())
    assert again == report()
    assert caplog.messages == []


def test_every_page_of_a_demonstration_says_that_its_answers_are_invented() -> None:
    assert all("invented" in page for page in pages())


def test_a_real_report_does_not_say_so() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(build(document_2012(SHORT, demonstration=False)))).pages
    )
    assert "invented" not in text


def test_words_of_others_are_printed_and_not_obeyed() -> None:
    hostile = '<img src="http://127.0.0.1:9/x"><link rel="attachment" href="file:///etc/passwd">'
    document = document_2012(SHORT)
    pdf = build(replace(document, cover=replace(document.cover, subtitle=hostile)))
    first = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "<link rel=" in first
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments


def test_progress_is_told_in_words_from_first_to_last_step() -> None:
    told: list[tuple[str, int, int]] = []
    build_report(document_2012(SHORT), progress=lambda *step: told.append(step))
    assert [step for step in told if "page " not in step[0]] == [
        ("Drawing tables and charts", 2, 5),  # the first step is to gather what it is made from
        ("Unpacking fonts and styles", 3, 5),
        ("Setting the pages", 4, 5),
        ("Writing the PDF", 5, 5),
    ]
    assert ("Setting page 2", 4, 5) in told


def test_tables_charts_and_pages_are_told_one_by_one() -> None:
    count = len(pages())
    wanted = [("Drawing charts: 3 of 10", 2), ("Table 6 of 10", 2), ("Setting page 14", 4), ("Writing page 14 of", 5)]
    told = [(words.removesuffix(f" {count}"), step) for words, step, steps in TOLD]
    assert [place for place in told if place in wanted] == wanted


def test_a_missing_build_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.printing.pdf.finders.find", lambda _: None)
    with pytest.raises(PrintingError, match="make setup"):
        build(document_2012())
