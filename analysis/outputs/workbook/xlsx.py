"""A workbook as XLSX. No cell is ever a formula: every text is written as text, whatever it begins with."""

import io
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.outputs.workbook.layout import layout_of
from analysis.outputs.workbook.placing import Look, rows_of
from analysis.outputs.workbook.values import Book, Content, Grid, Linked, Marked, Page

TEXT_IS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT, SHADE, LINK = "Arial", "#E7EAEC", "#1A5A96"
A4 = 9


def write_xlsx(book: Book) -> bytes:
    """Return the file; the same workbook is the same bytes on any day."""
    target = io.BytesIO()
    font = {"font_name": FONT, "font_size": 12}
    with Workbook(target, {"in_memory": True, "default_format_properties": font, **TEXT_IS_TEXT}) as file:
        about = {"title": book.title, "author": book.author, "comments": book.about}
        file.set_properties({**about, "created": datetime.fromisoformat(book.made)})
        file.set_custom_property("Language", book.language)
        formats: dict[Look, Format] = {}
        for page in book.pages:
            _write_page(file, file.add_worksheet(page.name), page, formats)
    return target.getvalue()


def _write_page(file: Workbook, sheet: Worksheet, page: Page, formats: dict[Look, Format]) -> None:
    layout = layout_of(page)
    for column, width in enumerate(layout.widths):
        sheet.set_column(column, column, width)
    if page.grid:
        _mark_up(sheet, len(page.lines), page.grid)
    for row, each in enumerate(rows_of(page, layout)):
        sheet.set_row(row, each.height)
        for column, (content, look) in enumerate(each.cells):
            if look not in formats:
                formats[look] = file.add_format(_properties(look))
            _put(sheet, (row, column), content, formats[look])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(layout.pages_wide, layout.pages_high)
    sheet.set_footer("&L&A&RPage &P of &N")


def _mark_up(sheet: Worksheet, top: int, grid: Grid) -> None:
    """The table is marked up as one; its heads stay in sight and are repeated on each printed page."""
    heads = [{"header": head} for head in grid.heads]
    area = (top, 0, top + len(grid.rows), len(grid.heads) - 1)
    sheet.add_table(*area, {"name": grid.name, "columns": heads, "style": None, "autofilter": False})
    sheet.freeze_panes(top + 1, grid.labels)
    sheet.repeat_rows(top)
    sheet.repeat_columns(0, grid.labels - 1)


def _properties(look: Look) -> dict[str, object]:
    found: dict[str, object] = {
        "font_size": look.size,
        "bold": look.is_bold,
        "text_wrap": look.is_broken,
        "valign": "bottom" if look.is_low else "top",
        "align": look.side,
        "indent": 1 if look.is_indented else 0,
    }
    if look.is_shaded:
        found["bg_color"] = SHADE
    if look.is_link:
        found |= {"font_color": LINK, "underline": 1}
    if look.behind is not None:
        found["num_format"] = f'#,##0" {look.behind}"' if look.behind else "#,##0"
    return found


def _put(sheet: Worksheet, place: tuple[int, int], content: Content, look: Format) -> None:
    """One cell by its own kind: a number is a number, and what stands behind it is how it is shown."""
    if isinstance(content, Marked):
        sheet.write_number(*place, content.number, look)
    elif isinstance(content, Linked):
        sheet.write_url(*place, f"internal:'{content.page}'!A1", look, content.text)
    else:
        sheet.write_string(*place, content, look)
