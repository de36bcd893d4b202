"""Ties every figure of a tagged PDF to its heads: row, column, the spanner over the column and the panel it stands in.

WeasyPrint ties a cell to the head right above it and leaves out heads that span more than one column.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pydyf import PDF, Array, Dictionary  # type: ignore[import-untyped]

Element = dict[str, Any]  # pydyf's dictionaries are Python's, with a reference
Elements = Mapping[bytes, Element]


def tie_cells(pdf: PDF) -> None:
    """Rewrite the heads of all table cells."""
    elements = {
        found.reference: found
        for found in pdf.objects
        if isinstance(found, Dictionary) and found.get("Type") == "/StructElem"
    }
    for element in elements.values():
        if element["S"] == "/Table":
            _tie_table(element, elements)


def _tie_table(table: Element, elements: Elements) -> None:
    groups = [child for child in _children(table, elements) if child["S"] in {"/THead", "/TBody"}]
    columns: dict[int, list[object]] = defaultdict(list)
    for group in groups:
        if group["S"] == "/THead":
            for row in _children(group, elements):
                _note_columns(row, elements, columns)
    for group in groups:
        if group["S"] == "/TBody":
            _tie_body(group, elements, columns)


def _note_columns(row: Element, elements: Elements, columns: dict[int, list[object]]) -> None:
    place = 0
    for cell in _children(row, elements):
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Column"
            for covered in range(place, place + _span(cell)):
                columns[covered].append(cell["ID"])
        else:  # an empty corner has nothing to be tied to
            cell["A"]["Headers"] = Array([])
        place += _span(cell)


def _tie_body(body: Element, elements: Elements, columns: Mapping[int, list[object]]) -> None:
    panel: list[object] = []
    for row in _children(body, elements):
        cells = list(_children(row, elements))
        if len(cells) == 1 and cells[0]["S"] == "/TH":  # a heading alone in its row is for all that follow
            cells[0]["A"]["Scope"] = "/Column"
            panel = [cells[0]["ID"]]
        else:
            _tie_row(cells, columns, panel)


def _tie_row(cells: list[Element], columns: Mapping[int, list[object]], panel: list[object]) -> None:
    labels = [cell["ID"] for cell in cells if cell["S"] == "/TH"]
    for place, cell in enumerate(cells):
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Row"
        else:
            cell["A"]["Headers"] = Array([*panel, *labels, *columns.get(place, [])])


def _children(element: Element, elements: Elements) -> Iterator[Element]:
    return (elements[kid] for kid in element["K"] if kid in elements)


def _span(cell: Element) -> int:
    return int(cell["A"].get("ColSpan", 1))
