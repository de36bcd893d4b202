"""The structure of printed documents (PDF/UA-1): tables over pages are one, heads of pages apart, faults refused.

The checker of the tests is itself tried on files that were broken on purpose.
"""

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pypdf import PdfReader

from survey.printing.pdf import PrintingError, print_pdf
from tests.pdf_tags import heads_of, tagged
from tests.pdf_ua import problems_of

pytestmark = pytest.mark.pure
ROWS = "".join(f"<tr><th scope='row'>Row {row}</th><td>{row}</td><td>{2 * row}</td></tr>" for row in range(130))
HEAD = "<thead><tr><td></td><th scope='col'>Count</th><th scope='col'>Double</th></tr></thead>"
LONG = f"<table>{HEAD}<tbody><tr><th colspan='3'>Panel</th></tr>{ROWS}</tbody></table>"
PICTURE = '<svg viewBox="0 0 10 10" width="9" height="9"><title>A square</title><path d="M0 0h9v9z"/></svg>'
LINK = '<p><a href="https://example.org/">Elsewhere</a></p><h2>Second</h2>'


def printed(body: str, *, title: str = "Long") -> bytes:
    html = f"<html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"
    return print_pdf(html, stylesheet="report.css")


@cache
def whole() -> bytes:
    return printed(f"<h1>Long</h1>{PICTURE}{LINK}{LONG}")


def test_a_table_over_pages_is_one_table_whose_cells_all_name_their_heads() -> None:
    with pikepdf.open(io.BytesIO(whole())) as pdf:
        assert len(pdf.pages) > 2
        assert [len(tagged(pdf, name)) for name in ("/Table", "/THead", "/TBody", "/TR")] == [1, 1, 1, 132]
        assert [len(heads_of(cell)) for cell in tagged(pdf, "/TD")] == [0] + [3] * 260  # panel, row and column


def test_nothing_is_wrong_with_it() -> None:
    assert problems_of(whole()) == []


def test_other_programs_find_no_fault_in_its_syntax() -> None:
    with pikepdf.open(io.BytesIO(whole())) as pdf:
        assert pdf.check_pdf_syntax() == []  # qpdf reads every object and stream
    assert len(PdfReader(io.BytesIO(whole()), strict=True).pages) > 2


def test_cells_hold_their_words_themselves() -> None:
    with pikepdf.open(io.BytesIO(whole())) as pdf:
        assert all(len(cell.K) == 1 and isinstance(cell.K[0], int) for cell in tagged(pdf, "/TD")[1:])
        assert tagged(pdf, "/Span") == []


def test_lists_have_marks_and_notes_stand_at_the_foot() -> None:
    body = "<h1>Two</h1><ul><li>First</li></ul><p>Called<span class='footnote'>Told</span> here.</p>"
    with pikepdf.open(io.BytesIO(pdf := printed(body))) as opened:
        assert len(tagged(opened, "/Lbl")) == 1
    words = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split()
    assert {"•", "Called1", "1.", "Told"} <= set(words)


def lose_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def lose_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def skip_a_level(pdf: pikepdf.Pdf) -> None:
    tagged(pdf, "/H2")[0].S = pikepdf.Name.H3


def lose_words_of_a_picture(pdf: pikepdf.Pdf) -> None:
    del tagged(pdf, "/Figure")[0].Alt


def lose_scope(pdf: pikepdf.Pdf) -> None:
    del tagged(pdf, "/TH")[0].A.Scope


def lose_heads(pdf: pikepdf.Pdf) -> None:
    del tagged(pdf, "/TD")[-1].A.Headers


def lose_a_link(pdf: pikepdf.Pdf) -> None:
    tagged(pdf, "/Link")[0].K = pikepdf.Array()


def invent_a_name(pdf: pikepdf.Pdf) -> None:
    tagged(pdf, "/Table")[0].S = pikepdf.Name.Grid


def lose_a_font(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.FontDescriptor:
            for name in {"/FontFile2", "/FontFile3"} & set(each.keys()):
                del each[name]


def paint_outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def turn_round(pdf: pikepdf.Pdf) -> None:
    body = tagged(pdf, "/TBody")[0]
    body.K = pikepdf.Array(list(body.K)[::-1])


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lose_title, "its title is not shown"),
        (lose_language, "it has no language"),
        (lose_bookmarks, "bookmarks: there are none"),
        (skip_a_level, "headings: 3 follows 1"),
        (lose_words_of_a_picture, "has no alternative text"),
        (lose_scope, "a head does not say whether"),
        (lose_heads, "a cell with content names no head"),
        (lose_a_link, "has no place in the structure"),
        (invent_a_name, "Grid is no standard structure"),
        (lose_a_font, "is not embedded"),
        (paint_outside, "neither tagged nor an artifact"),
        (turn_round, "it goes back"),
    ],
)
def test_the_checker_finds_what_was_damaged(damage: Callable[[pikepdf.Pdf], None], found: str) -> None:
    damaged = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole())) as pdf:
        damage(pdf)
        pdf.save(damaged)
    assert found in "\n".join(problems_of(damaged.getvalue()))


@pytest.mark.parametrize(
    ("body", "title", "why"),
    [
        ("<h1>One</h1><h3>Three</h3>", "T", "A heading of level 3 follows one of level 1"),
        ("<h2>Two</h2>", "T", "The first heading has level 2"),
        (PICTURE.replace("A square", ""), "T", "Pictures without alternative text: 1"),
        ("<table><tr><td>1</td></tr></table>", "T", "Table cells that no head explains: 1"),
        ("<p>Words</p>", "", "The document has no title"),
    ],
)
def test_a_document_that_could_not_be_read_aloud_is_not_handed_over(body: str, title: str, why: str) -> None:
    with pytest.raises(PrintingError, match=why):
        printed(body, title=title)
