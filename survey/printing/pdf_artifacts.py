"""Sets running heads and page numbers apart from what is read: they belong to the page and not to the text.

WeasyPrint marks them as text and then gives them no place in the structure, which PDF/UA-1 forbids.
"""

from collections.abc import Iterator
from typing import Any

from pydyf import PDF, Dictionary, Stream  # type: ignore[import-untyped]

PAGINATION = Dictionary({"Type": "/Pagination"})


def set_apart(pdf: PDF) -> None:
    """Turn what is marked on a page and stands nowhere in the structure into artifacts."""
    elements = {found.reference: found for found in pdf.objects if _type_of(found) == "/StructElem"}
    root = next(found for found in pdf.objects if _type_of(found) == "/StructTreeRoot")
    lost = [elements[each] for each in set(elements) - set(_reached(root, elements))]
    marks = {(element["Pg"], mark) for element in lost for mark in element["K"] if isinstance(mark, int)}
    for page in (found for found in pdf.objects if _type_of(found) == "/Page"):
        _rename(_object(page["Contents"], pdf), {mark for of_page, mark in marks if of_page == page.reference})
    _forget(pdf, root, lost)


def _type_of(found: Any) -> str:  # noqa: ANN401 -- pydyf has no types
    return str(found.get("Type", "")) if isinstance(found, Dictionary) else ""


def _object(reference: bytes, pdf: PDF) -> Any:  # noqa: ANN401 -- as above
    """What stands under this reference, which begins with its place."""
    return pdf.objects[int(reference.split()[0])]


def _reached(element: Any, elements: dict[bytes, Any]) -> Iterator[bytes]:  # noqa: ANN401 -- as above
    """The structure elements below this one."""
    for kid in element.get("K", ()):
        if kid in elements:
            yield kid
            yield from _reached(elements[kid], elements)


def _rename(stream: Stream, marks: set[int]) -> None:
    for place, step in enumerate(stream.stream):
        if isinstance(step, Dictionary) and step.get("MCID") in marks:
            stream.stream[place - 1 : place + 1] = ["/Artifact", PAGINATION]


def _forget(pdf: PDF, root: Any, lost: list[Any]) -> None:  # noqa: ANN401 -- as above
    """Elements without a place are not written, and nothing leads to them."""
    gone = {element.reference for element in lost}
    for of_page in _object(root["ParentTree"], pdf)["Nums"]:
        if isinstance(of_page, list):
            of_page[:] = ["null" if reference in gone else reference for reference in of_page]
    for element in lost:
        element.free = "f"
