"""The file: odfdo keeps what is in it and its properties; its sheets are set as one tree.

Cell by cell odfdo would take twenty times as long.
"""

from datetime import datetime

from odfdo import Document, Meta

from analysis.outputs.workbook.layout import layout_of
from analysis.outputs.workbook.ods.sheets import sheets
from analysis.outputs.workbook.ods.styles import house_styles
from analysis.outputs.workbook.ods.tree import VERSION
from analysis.outputs.workbook.ods.views import views
from analysis.outputs.workbook.values import Book
from analysis.outputs.zipping import zipped

GENERATOR = "Survey product with odfdo"


def write_ods(book: Book) -> bytes:
    """Return the file; the same workbook is the same bytes on any day."""
    document = Document("spreadsheet")
    _describe(document.meta, book)
    layouts = map(layout_of, book.pages)
    printed = {(layout.pages_wide, layout.pages_high) for layout in layouts}
    parts = {
        "content.xml": sheets(book),
        "styles.xml": house_styles(language=book.language, printed=printed),
        "settings.xml": views(book),
        "meta.xml": document.meta.serialize(),
    }
    return _packed(document, parts)


def _describe(meta: Meta, book: Book) -> None:
    made = datetime.fromisoformat(book.made)
    meta.title, meta.description, meta.language = book.title, book.about, book.language
    meta.initial_creator = meta.creator = book.author
    meta.creation_date = meta.date = made
    meta.generator = GENERATOR
    meta.clear_user_defined_metadata()
    meta.root.set_attribute("office:version", VERSION)


def _packed(document: Document, parts: dict[str, bytes]) -> bytes:
    """The first entry tells the kind of the file, and is not compressed."""
    manifest = document.manifest
    manifest.root.set_attribute("manifest:version", VERSION)
    for path in manifest.get_paths():
        if path not in parts:
            manifest.del_full_path(path)
    manifest.add_full_path("/", document.mimetype)
    files = {**parts, "META-INF/manifest.xml": manifest.serialize()}
    return zipped(files, first={"mimetype": document.mimetype.encode()})
