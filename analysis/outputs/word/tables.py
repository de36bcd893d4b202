"""Tables in Word: rules across, heads that are heads and are repeated on each page, figures to the right."""

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as WordTable
from docx.table import _Cell

from analysis.core.document.blocks import Facts
from analysis.outputs.rows_html import Figure
from analysis.outputs.tables_html import Head, TablePage
from analysis.outputs.word.styles import CELL, TEXT_WIDTH, WIDE_TEXT
from respondents.copies.typed import visible
from respondents.copies.word_parts import mark_head, set_widths

MANY = 12
STUBS = ((3, 1 / 2), (MANY, 1 / 3), (16, 1 / 4), (10_000, 1 / 7))  # up to so many columns, this share of the width
SENTENCE = 3  # figures' width
FEW = 2  # columns, of which the second may hold more than a figure
LETTERS, WIDEST = 5, 1.5  # letters that a column of figures has room for; how much wider it may become
KEPT = 24  # rows that one page surely holds, with the notes
# Figures stand close together in a wide table.
MARGINS = '<w:tblCellMar {ns}><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
RULES = (
    '<w:tblBorders {ns}><w:top w:val="single" w:sz="12" w:color="{ink}"/>'
    '<w:bottom w:val="single" w:sz="12" w:color="{ink}"/>'
    '<w:insideH w:val="single" w:sz="2" w:color="CECECE"/></w:tblBorders>'
)


def is_wide(page: TablePage) -> bool:
    """Whether the table has more columns than an upright page can hold."""
    return page.width > MANY


def add_table(file: WordFile, page: TablePage, *, ink: str) -> None:
    """Add the figures of a table, its rules in this ink; its caption, notes and source are paragraphs around it."""
    table = _empty(file, _widths(page), _rows_of(page), ink=ink)
    rows = iter(table.rows)
    for heads in page.heads:
        _set_heads(next(rows).cells, heads)
    for panel in page.panels:
        if panel.heading:
            cells = next(rows).cells
            _set(cells[0].merge(cells[-1]), panel.heading, is_strong=True)
        for line in panel.lines:
            first, *others = next(rows).cells
            _set(first, line.label, is_strong="total" in line.style)
            for cell, figure in zip(others, line.figures, strict=True):
                _set(cell, _figure(figure), is_figure=True)
    mark_head(table, description=visible(page.title), rows=len(page.heads))
    if len(table.rows) <= KEPT:
        _keep(table)


def _keep(table: WordTable) -> None:
    """The rows stay on one page, and the notes with them."""
    for cell in table.columns[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def add_facts(file: WordFile, facts: Facts, *, ink: str) -> None:
    """Add a small table of words and ready figures, its rules in this ink."""
    table = _empty(file, _facts_widths(facts), 1 + len(facts.rows), ink=ink)
    for row, texts in zip(table.rows, (facts.head, *facts.rows), strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _set(cell, text, is_figure=bool(place) and place not in facts.words, is_strong=texts is facts.head)
    mark_head(table, description=visible(facts.title))


def _empty(file: WordFile, widths: Sequence[int], rows: int, *, ink: str) -> WordTable:
    table: WordTable = file.add_table(rows, len(widths))
    for part in (RULES, MARGINS):
        table._tbl.tblPr.append(parse_xml(part.format(ns=nsdecls("w"), ink=ink)))  # noqa: SLF001 -- python-docx knows neither
    set_widths(table, widths)
    return table


def _widths(page: TablePage) -> list[int]:
    """The stub has the more room the fewer figures stand beside it."""
    room = WIDE_TEXT if is_wide(page) else TEXT_WIDTH
    share = next(share for most, share in STUBS if page.width <= most)
    first, weights = round(room * share), _weights(page)[1:]
    return [first, *(int((room - first) * weight / sum(weights)) for weight in weights)]


def _weights(page: TablePage) -> list[float]:
    """A column whose head has a long word is wider than one of figures, so that the word need not be broken."""
    found = [1.0] * page.width
    for heads in page.heads:
        at = 0
        for head in heads:
            if head.span == 1:
                longest = max(map(len, head.text.split()), default=0)
                found[at] = max(found[at], min(longest / LETTERS, WIDEST))
            at += head.span
    return found


def _facts_widths(facts: Facts) -> list[int]:
    """Sentences have more room than figures."""
    figures = 1 if len(facts.head) > FEW else 2
    weights = [SENTENCE if place in (0, *facts.words) else figures for place in range(len(facts.head))]
    return [TEXT_WIDTH * weight // sum(weights) for weight in weights]


def _rows_of(page: TablePage) -> int:
    return len(page.heads) + sum(len(panel.lines) + bool(panel.heading) for panel in page.panels)


def _set_heads(cells: Sequence[_Cell], heads: Sequence[Head]) -> None:
    at = 0
    for place, head in enumerate(heads):
        cell = cells[at] if head.span == 1 else cells[at].merge(cells[at + head.span - 1])
        _set(cell, head.text, is_figure=bool(place), is_strong=True)
        at += head.span


def _figure(figure: Figure) -> str:
    mark = f"({figure.difference.letter})" if figure.difference else ""
    return " ".join(filter(None, (figure.text, figure.marker, mark)))


def _set(cell: _Cell, text: str, *, is_figure: bool = False, is_strong: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL  # noqa: SLF001 -- its id, since a style is looked for among all at every cell
    run = paragraph.add_run(visible(text))
    if is_strong:
        run.bold = True
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
