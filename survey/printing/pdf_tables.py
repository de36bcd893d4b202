"""Joins the parts of a table that breaks over pages into one table, as it is read.

WeasyPrint makes a table of each part, and text of the head that is repeated on every page; the repetition then belongs
to no structure and is set apart with the page numbers.
"""

from collections.abc import Iterator
from typing import Any

from pydyf import PDF, Dictionary  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import TableBox

Element = dict[str, Any]  # pydyf's dictionaries are Python's, with a reference


def join_parts(document: Any, pdf: PDF) -> None:  # noqa: ANN401 -- WeasyPrint has no types
    """Move the rows of every later part into the first part of its table."""
    elements = {found.reference: found for found in pdf.objects if isinstance(found, Dictionary)}
    first: dict[int, Element] = {}
    groups: dict[int, Element] = {}
    for box in _table_boxes(document):
        table = _table_of(box, elements)
        if table is None:
            continue
        begun = first.setdefault(id(box.element), table)
        for part in box.children:
            if begun is not table and not part.is_header:
                _move(part, begun, groups, elements)
            groups.setdefault(id(part.element), _group_of(part, elements))
        if begun is not table:
            elements[table["P"]]["K"].remove(table.reference)  # type: ignore[attr-defined]
            table["K"].clear()


def _table_boxes(document: Any) -> Iterator[Any]:  # noqa: ANN401 -- as above
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 -- the pages are known by nothing else
            if isinstance(box, TableBox) and box.element is not None:
                yield box


def _table_of(box: Any, elements: dict[bytes, Element]) -> Element | None:  # noqa: ANN401 -- as above
    """The structure of this part, if it has cells."""
    found = next((_group_of(part, elements) for part in box.children if _rows(part)), None)
    while found is not None and found["S"] != "/Table":
        found = elements.get(found["P"])
    return found


def _group_of(part: Any, elements: dict[bytes, Element]) -> Element:  # noqa: ANN401 -- as above
    return elements[elements[_rows(part)[0].children[0].mark["P"]]["P"]]


def _rows(part: Any) -> list[Any]:  # noqa: ANN401 -- as above
    return [row for row in part.children if row.children]


def _move(part: Any, begun: Element, groups: dict[int, Element], elements: dict[bytes, Element]) -> None:  # noqa: ANN401
    """To the group that went over the page, or as a group of its own."""
    group = _group_of(part, elements)
    known = groups.get(id(part.element))
    target, kids = (begun, [group.reference]) if known is None else (known, list(group["K"]))  # type: ignore[attr-defined]
    for kid in kids:
        elements[kid]["P"] = target.reference  # type: ignore[attr-defined]
        target["K"].append(kid)
