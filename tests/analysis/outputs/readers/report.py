"""The tables of the report, read from the tags of its PDF as a screen reader reads them."""

import io
import re
from collections.abc import Iterator

import pikepdf

from analysis.core.table import Table
from analysis.outputs.table_set import TableSet
from tests.analysis.outputs.readers.figures import Figures, ReadRow, Told, base_of, named
from tests.analysis.outputs.reports import report_2012
from tests.pdf_tags import elements_in, heads_of, kids, tagged
from tests.pdf_words import Words


def read_report(made: TableSet) -> Figures:
    """The report of 2012 has the tables of 2012, whatever is given."""
    with pikepdf.open(io.BytesIO(report_2012())) as pdf:
        words = Words(pdf)
        by_number = {_number(words.of(found)): found for found in tagged(pdf, "/Table")}
        return {
            place: told
            for table in made.tables
            for place, told in named(table, list(_rows(by_number[table.number], table, words)))
        }


def _number(text: str) -> int:
    found = re.match(r"Table (\d+)\.", text)
    return int(found[1]) if found else 0


def _rows(found: pikepdf.Dictionary, table: Table, words: Words) -> Iterator[ReadRow]:
    heads = {str(head.ID): words.of(head) for head in elements_in(found, "/TH")}
    caption = " ".join(words.of(each) for each in elements_in(found, "/Caption"))
    panels = {row.panel for row in table.rows}
    for row in elements_in(found, "/TR"):
        cells = [each for each in kids(row) if str(each.get("/S")) == "/TD"]
        if not cells or not heads_of(cells[-1]):
            continue
        over = [[heads[head] for head in heads_of(cell)] for cell in cells]
        (label,) = (words.of(each) for each in kids(row) if str(each.get("/S")) == "/TH")
        panel = next((text for text in over[0] if text in panels), "")
        columns = [" | ".join(text for text in texts if text not in {label, panel}) for texts in over]
        read = [_figure(words.of(cell)) for cell in cells]
        beside = {head: value for head, (value, _, _) in zip(columns, read, strict=True)}
        told = [
            Told(value, _marker(marker, head, value), _base(head, caption, beside, value), is_flagged)
            for head, (value, marker, is_flagged) in zip(columns, read, strict=True)
        ]
        yield ReadRow(" / ".join(filter(None, (panel, label))), told)


def _figure(text: str) -> tuple[int | None, str, bool]:
    """“51 note a” is flagged; “[z]” is a marker."""
    found = re.fullmatch(r"(\d[\d,]*)? ?(\[\w+\])? ?((?:note )?[a-z])?", text)
    assert found is not None, text
    return int(found[1].replace(",", "")) if found[1] else None, found[2] or "", bool(found[3])


def _marker(own: str, head: str, value: int | None) -> str:
    shared = re.search(r"\[\w+\]", head)
    return own or (shared[0] if shared and value is not None else "")


def _base(head: str, caption: str, beside: dict[str, int | None], value: int | None) -> int | None:
    return base_of(head, words=caption, beside=beside) if value is not None else None
