"""The sheets themselves. No cell is ever a formula: none has the attribute that would make it one."""

from collections.abc import Iterator

from lxml import etree

from analysis.outputs.workbook.layout import Layout, layout_of
from analysis.outputs.workbook.ods.styles import Styles
from analysis.outputs.workbook.ods.tree import add, root, written
from analysis.outputs.workbook.placing import Look, SheetRow, rows_of
from analysis.outputs.workbook.values import Book, Content, Grid, Linked, Marked, Page, text_of


def sheets(book: Book) -> bytes:
    """Return all sheets with their styles, and each table marked as one."""
    made = root("office:document-content")
    styles = Styles(add(made, "office:automatic-styles"))
    body = add(add(made, "office:body"), "office:spreadsheet")
    for page in book.pages:
        _sheet(body, page, styles)
    ranges = add(body, "table:database-ranges")
    for page in book.pages:
        if page.grid:
            _mark_up(ranges, page, page.grid)
    return written(made)


def _sheet(body: etree._Element, page: Page, styles: Styles) -> None:
    layout = layout_of(page)
    named = {"table:name": page.name, "table:style-name": styles.sheet((layout.pages_wide, layout.pages_high))}
    sheet = add(body, "table:table", named)
    _columns(sheet, page, layout, styles)
    for row in rows_of(page, layout):
        _row(add(sheet, "table:table-header-rows") if row.is_head else sheet, row, styles)


def _columns(sheet: etree._Element, page: Page, layout: Layout, styles: Styles) -> None:
    """Columns that name the rows are repeated on each printed page."""
    labels = page.grid.labels if page.grid else 0
    named = add(sheet, "table:table-header-columns") if labels else sheet
    for place, letters in enumerate(layout.widths):
        parent = named if place < labels else sheet
        add(parent, "table:table-column", {"table:style-name": styles.column(letters)})


def _row(parent: etree._Element, row: SheetRow, styles: Styles) -> None:
    made = add(parent, "table:table-row", {"table:style-name": styles.row(row.height)})
    for content, look in row.cells:
        _cell(made, content, look, styles)


def _cell(row: etree._Element, content: Content, look: Look, styles: Styles) -> None:
    """A number is a number; everything else is text, whatever it begins with."""
    kind = {"office:value-type": "string"}
    if isinstance(content, Marked):
        kind = {"office:value-type": "float", "office:value": str(content.number)}
    cell = add(row, "table:table-cell", {"table:style-name": styles.cell(look), **kind})
    words = add(cell, "text:p")
    if isinstance(content, Linked):
        link = {"xlink:href": f"#'{content.page}'.A1", "xlink:type": "simple"}
        add(words, "text:a", link, content.text)
    else:
        words.text = text_of(content)


def _mark_up(ranges: etree._Element, page: Page, grid: Grid) -> None:
    """The table is a named range with a head."""
    top = len(page.lines) + 1
    area = f"'{page.name}'.A{top}:'{page.name}'.{letters_of(len(grid.heads))}{top + len(grid.rows)}"
    named = {"table:name": grid.name, "table:target-range-address": area}
    add(ranges, "table:database-range", {**named, "table:contains-header": "true"})


def letters_of(column: int) -> str:
    """Return the letters of a column, the first being 1: A, B … Z, AA."""
    return "".join(reversed(list(_letters(column))))


def _letters(column: int) -> Iterator[str]:
    while column:
        column, rest = divmod(column - 1, 26)
        yield chr(ord("A") + rest)
