"""The quick part of what PDF/UA-1 asks, looked at before any file is handed over; the tests look at the rest."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydyf import PDF, Dictionary  # type: ignore[import-untyped]

HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def problems_of(pdf: PDF) -> list[str]:
    """What is wrong with the structure, in words for those who write templates."""
    elements = {found.reference: found for found in pdf.objects if _is_element(found)}
    root = next(each for each in elements.values() if each["S"] == "/Document")
    read = list(_in_order(root, elements))
    return [*_about(pdf), *_headings(read), *_pictures(read), *_cells(read)]


def _is_element(found: Any) -> bool:  # noqa: ANN401 -- pydyf has no types
    return isinstance(found, Dictionary) and found.get("Type") == "/StructElem" and found.free != "f"


def _in_order(element: Any, elements: dict[bytes, Any]) -> Iterator[Any]:  # noqa: ANN401 -- as above
    for kid in element["K"]:
        if kid in elements:
            yield elements[kid]
            yield from _in_order(elements[kid], elements)


def _about(pdf: PDF) -> Iterator[str]:
    if not getattr(pdf.info.get("Title"), "string", ""):
        yield "The document has no title."
    if not getattr(pdf.catalog.get("Lang"), "string", ""):
        yield "The document does not say its language."


def _headings(read: list[Any]) -> Iterator[str]:
    levels = [HEADINGS[each["S"]] for each in read if each["S"] in HEADINGS]
    if levels and levels[0] != 1:
        yield f"The first heading has level {levels[0]}, not 1."
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}."


def _pictures(read: list[Any]) -> Iterator[str]:
    without = sum(each["S"] == "/Figure" and not each.get("Alt") for each in read)
    if without:
        yield f"Pictures without alternative text: {without}."


def _cells(read: list[Any]) -> Iterator[str]:
    """A cell that holds something names its heads."""
    without = sum(each["S"] == "/TD" and bool(each["K"]) and not each["A"].get("Headers") for each in read)
    if without:
        yield f"Table cells that no head explains: {without}."
