"""What stands in a tagged PDF, for tests."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pypdf import PdfReader

Elements = list[pikepdf.Dictionary]


def kids(element: pikepdf.Object) -> Elements:
    found: Any = element.get("/K", [])
    listed = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]


def walk(
    element: pikepdf.Object, *, inside: tuple[str, ...] = ()
) -> Iterator[tuple[pikepdf.Dictionary, tuple[str, ...]]]:
    for kid in kids(element):
        if "/S" in kid:
            yield kid, inside
            yield from walk(kid, inside=(*inside, str(kid.S)))


def elements_in(element: pikepdf.Object, *names: str) -> Elements:
    return [found for found, _ in walk(element) if str(found.S) in names]


def heads_of(cell: pikepdf.Dictionary) -> list[str]:
    heads: Any = cell.A.get("/Headers", [])
    return [str(name) for name in heads]


def tagged(pdf: pikepdf.Pdf, *names: str) -> Elements:
    return elements_in(pdf.Root.StructTreeRoot, *names)


def heading_levels(pdf: pikepdf.Pdf) -> list[int]:
    return [int(str(heading.S)[2:]) for heading in tagged(pdf, "/H1", "/H2", "/H3", "/H4", "/H5", "/H6")]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
