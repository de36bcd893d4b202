"""What stays in sight on a screen: the head of each table, and the columns that name its rows."""

from lxml import etree

from analysis.outputs.workbook.ods.tree import add, root, written
from analysis.outputs.workbook.values import Book, Page

FROZEN = "2"


def views(book: Book) -> bytes:
    """Return the settings of the file: it opens with its first sheet."""
    made = root("office:document-settings")
    every = add(add(made, "office:settings"), "config:config-item-set", {"config:name": "ooo:view-settings"})
    view = add(add(every, "config:config-item-map-indexed", {"config:name": "Views"}), "config:config-item-map-entry")
    _item(view, "ViewId", "string", "view1")
    tables = add(view, "config:config-item-map-named", {"config:name": "Tables"})
    for page in book.pages:
        if page.grid:
            _freeze(add(tables, "config:config-item-map-entry", {"config:name": page.name}), page, page.grid.labels)
    _item(view, "ActiveTable", "string", book.pages[0].name)
    return written(made)


def _freeze(entry: etree._Element, page: Page, labels: int) -> None:
    above = len(page.lines) + 1
    for axis, place in (("Horizontal", labels), ("Vertical", above)):
        _item(entry, f"{axis}SplitMode", "short", FROZEN)
        _item(entry, f"{axis}SplitPosition", "int", str(place))
    for name, place in (("Left", 0), ("Right", labels), ("Top", 0), ("Bottom", above)):
        _item(entry, f"Position{name}", "int", str(place))


def _item(parent: etree._Element, name: str, kind: str, value: str) -> None:
    add(parent, "config:config-item", {"config:name": name, "config:type": kind}, value)
