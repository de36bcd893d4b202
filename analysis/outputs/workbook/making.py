"""Tables with their cover as a workbook."""

from analysis.outputs.table_set import TableSet
from analysis.outputs.workbook.front import contents_page, cover_page, notes_page
from analysis.outputs.workbook.intervals_page import intervals_page
from analysis.outputs.workbook.leaves import leaves_of
from analysis.outputs.workbook.naming import sheet_names
from analysis.outputs.workbook.noting import Notes
from analysis.outputs.workbook.table_page import table_page
from analysis.outputs.workbook.values import Book, plain


def book_of(made: TableSet) -> Book:
    """Return the workbook: cover, contents, notes, then a sheet for each table."""
    sheets = sheet_names(made.tables)
    leaves = {table.id: leaves_of(table) for table in made.tables}
    intervals = intervals_page(made.tables, sheets=sheets)
    notes = Notes(made.tables, leaves=leaves, sheets=sheets)
    return Book(
        title=plain(made.cover.title),
        author=plain(made.cover.author),
        language=made.cover.language,
        made=made.cover.made.isoformat(),
        about=plain(" ".join((*made.cover.notices, *made.marks))),
        pages=(
            cover_page(made),
            contents_page(made, sheets=sheets, has_intervals=intervals is not None),
            notes_page(notes),
            *(table_page(each, name=sheets[each.id], leaves=leaves[each.id], notes=notes) for each in made.tables),
            *([intervals] if intervals else []),
        ),
    )
