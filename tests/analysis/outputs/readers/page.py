"""The tables of a web page: each alone, as the page of tables has them, and in the report as a page."""

import re
from collections.abc import Iterator
from functools import cache

from lxml import html

from analysis.outputs.report_web import make_web
from analysis.outputs.table_set import TableSet
from analysis.outputs.tables_html import render_table
from tests.analysis.outputs.readers.figures import Figures, ReadRow, Told, base_of, named
from tests.analysis.outputs.reports import document_2012


def read_page(made: TableSet) -> Figures:
    pages = {table.id: html.fromstring(render_table(table)) for table in made.tables}
    return {place: told for table in made.tables for place, told in named(table, list(_rows(pages[table.id])))}


def read_article(made: TableSet) -> Figures:
    """The report of 2012 on a screen has the tables of 2012, whatever is given."""
    article = html.fromstring(web_2012().decode())
    pages = {table.id: article.get_element_by_id(table.id) for table in made.tables}
    return {place: told for table in made.tables for place, told in named(table, list(_rows(pages[table.id])))}


@cache
def web_2012() -> bytes:
    """The report of 2012 as a web page, made once for all tests of a process."""
    return make_web(document_2012(), lambda *_: None)


def _rows(page: html.HtmlElement) -> Iterator[ReadRow]:
    heads = _heads(page)
    caption = page.findtext(".//span[@class='table-base']")
    for body in page.iterfind(".//tbody"):
        panel = ""
        for line in body.iterfind("tr"):
            (label,) = line.findall("th")
            if label.get("scope") == "rowgroup":
                panel = label.text_content()
                continue
            told = list(_figures(page, line, heads, caption))
            yield ReadRow(" / ".join(filter(None, (panel, label.text_content()))), told)


def _heads(page: html.HtmlElement) -> list[str]:
    """For each column of figures all that stands over it."""
    rows = []
    for line in page.iterfind(".//thead/tr"):
        spans = [[cell.text_content()] * int(cell.get("colspan", "1")) for cell in line]
        rows.append([text for span in spans for text in span][1:])
    return [" | ".join(filter(None, column)) for column in zip(*rows, strict=True)]


def _figures(page: html.HtmlElement, line: html.HtmlElement, heads: list[str], caption: str) -> Iterator[Told]:
    read = [_figure(page, cell) for cell in line.iterfind("td")]
    beside = {head: value for head, (value, _, _) in zip(heads, read, strict=True)}
    for head, (value, marker, is_flagged) in zip(heads, read, strict=True):
        shared = re.search(r"\[\w+\]", head)
        said = marker or (shared[0] if shared and value is not None else "")
        base = base_of(head, words=caption, beside=beside) if value is not None else None
        yield Told(value, said, base, is_flagged)


def _figure(page: html.HtmlElement, cell: html.HtmlElement) -> tuple[int | None, str, bool]:
    number = (cell.text or "").strip().replace(",", "")
    mark = cell.find("a")
    note = page.get_element_by_id(mark.get("href")[1:]).text_content() if mark is not None else ""
    return int(number) if number.isdigit() else None, cell.findtext("span") or "", "published report prints" in note
