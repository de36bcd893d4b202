"""The tables of the report as Word holds them, read from the XML of the file."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from lxml import etree

from analysis.outputs.report_word import make_word
from analysis.outputs.table_set import TableSet
from tests.analysis.outputs.readers.figures import Figures, ReadRow, Told, base_of, named
from tests.analysis.outputs.reports import document_2012

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def word_2012() -> bytes:
    """The report of 2012, made once for all tests of a process."""
    return make_word(document_2012(), lambda *_: None)


def read_word(made: TableSet) -> Figures:
    """The report of 2012 has the tables of 2012, whatever is given."""
    read = dict(_tables(word_2012()))
    return {place: told for table in made.tables for place, told in named(table, list(_rows(*read[table.number])))}


def _tables(content: bytes) -> Iterator[tuple[int, tuple[etree._Element, list[str], list[str]]]]:
    """For each numbered table its number, its element, what stands between caption and figures, and its notes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = list(etree.fromstring(archive.read("word/document.xml"))[0])
    for place, element in enumerate(body):
        caption = re.match(r"Table (\d+)\. ", _text(element)) if _style(element) == "Caption" else None
        if caption:
            above = list(takewhile(lambda each: each.tag != f"{W}tbl", body[place + 1 :]))
            table = body[place + 1 + len(above)]
            notes = takewhile(lambda each: _style(each) == "Tablenote", body[place + 2 + len(above) :])
            yield int(caption[1]), (table, list(map(_text, above)), list(map(_text, notes)))


def _rows(found: etree._Element, above: list[str], notes: list[str]) -> Iterator[ReadRow]:
    lines = found.findall(f"{W}tr")
    heads = [line for line in lines if line.find(f"{W}trPr/{W}tblHeader") is not None]
    over = [[text for cell in line.findall(f"{W}tc") for text in [_text(cell)] * _span(cell)][1:] for line in heads]
    columns = [" | ".join(filter(None, column)) for column in zip(*over, strict=True)]
    panel = ""
    for line in lines[len(heads) :]:
        label, *cells = (_text(cell) for cell in line.findall(f"{W}tc"))
        if not cells:
            panel = label
            continue
        read = [_figure(text, notes) for text in cells]
        beside = {head: value for head, (value, _, _) in zip(columns, read, strict=True)}
        told = [_told(head, one, above, beside) for head, one in zip(columns, read, strict=True)]
        yield ReadRow(" / ".join(filter(None, (panel, label))), told)


def _told(head: str, read: tuple[int | None, str, bool], above: list[str], beside: dict[str, int | None]) -> Told:
    value, marker, is_flagged = read
    shared = re.search(r"\[\w+\]", head)
    said = marker or (shared[0] if shared and value is not None else "")
    return Told(
        value, said, base_of(head, words=" ".join(above), beside=beside) if value is not None else None, is_flagged
    )


def _figure(text: str, notes: list[str]) -> tuple[int | None, str, bool]:
    found = re.fullmatch(r"(\d[\d,]*)? ?(\[\w+\])? ?(?:(\([a-z]+\)))?", text)
    assert found is not None, text
    note = next((note for note in notes if found[3] and note.startswith(found[3])), "")
    return int(found[1].replace(",", "")) if found[1] else None, found[2] or "", "published report prints" in note


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if found is None else int(found.get(f"{W}val"))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def _text(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))
