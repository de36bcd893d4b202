"""Has an element hold its words itself.

WeasyPrint puts a span of its own between each element and each line of its words: nearly half of all elements, and they
say nothing.
"""

from typing import Any

from pydyf import PDF, Dictionary  # type: ignore[import-untyped]

Element = dict[str, Any]  # pydyf's dictionaries are Python's, with a reference
HEADINGS = {f"/H{level}" for level in range(1, 7)}
HOLD_WORDS = HEADINGS | {"/P", "/TH", "/TD", "/LBody", "/Lbl", "/Span", "/Caption"}
BARE = frozenset({"Type", "S", "K", "Pg", "P"})


def fold_spans(pdf: PDF) -> None:
    """Leave out every span that only leads from an element to words on the same page."""
    elements = {
        found.reference: found
        for found in pdf.objects
        if isinstance(found, Dictionary) and found.get("Type") == "/StructElem"
    }
    folded: dict[bytes, bytes] = {}
    for reference, element in elements.items():
        if element["S"] in HOLD_WORDS:
            _fold(element, elements, folded, reference)
    for array in _places(pdf):
        array[:] = [folded.get(reference, reference) for reference in array]


def _fold(element: Element, elements: dict[bytes, Any], folded: dict[bytes, bytes], reference: bytes) -> None:
    kids: list[Any] = []
    for kid in element["K"]:
        span = elements.get(kid)
        if span is not None and _says_nothing(span) and span["Pg"] == element["Pg"]:
            kids += span["K"]
            folded[kid] = reference
            span.free = "f"
        else:
            kids.append(kid)
    element["K"][:] = kids


def _says_nothing(span: Element) -> bool:
    return span["S"] == "/Span" and span.keys() == BARE and all(isinstance(kid, int) for kid in span["K"])


def _places(pdf: PDF) -> list[list[Any]]:
    """For each page, which element holds each of its marked pieces."""
    root = next(found for found in pdf.objects if isinstance(found, Dictionary) and "ParentTree" in found)
    pages = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    return [each for each in pages if isinstance(each, list)]
