"""The words under a tag of a PDF, decoded by the fonts' own tables."""

import re
from functools import cached_property
from typing import Any

import pikepdf


class Words:
    """All marked words of a PDF."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[tuple[int, int], dict[bytes, str]] = {}

    def of(self, element: pikepdf.Dictionary) -> str:
        """The words of an element, with those of everything in it, in order."""
        return re.sub(r"\s+", " ", " ".join(self._parts(element))).strip()

    def _parts(self, element: pikepdf.Dictionary) -> list[str]:
        found: Any = element.get("/K", [])
        listed = list(found) if isinstance(found, pikepdf.Array) else [found]
        parts: list[str] = []
        for kid in listed:
            if isinstance(kid, int):
                parts.append(self._marked[element.Pg.objgen][kid])
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                parts += self._parts(kid)
        return parts

    @cached_property
    def _marked(self) -> dict[tuple[int, int], dict[int, str]]:
        return {page.obj.objgen: self._on(page) for page in self._pdf.pages}

    def _on(self, page: pikepdf.Page) -> dict[int, str]:
        """The words under each mark of a page."""
        found: dict[int, str] = {}
        marks: list[int | None] = []
        font: dict[bytes, str] = {}
        for step in pikepdf.parse_content_stream(page):
            operands: Any = step.operands
            name = str(step.operator)
            if name in {"BDC", "BMC"}:
                about: Any = operands[-1]
                marks.append(int(about.MCID) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None)
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = self._font(page.Resources.Font[str(operands[0])])
            elif name in {"TJ", "Tj"} and marks and marks[-1] is not None:
                shown = operands[0] if name == "TJ" else operands
                text = "".join(_decoded(bytes(each), font) for each in shown if isinstance(each, pikepdf.String))
                found[marks[-1]] = found.get(marks[-1], "") + text
        return found

    def _font(self, font: pikepdf.Object) -> dict[bytes, str]:
        key = font.objgen
        if key not in self._fonts:
            self._fonts[key] = _table_of(font.ToUnicode.read_bytes().decode())
        return self._fonts[key]


def _table_of(to_unicode: str) -> dict[bytes, str]:
    """Which glyph stands for which letters."""
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", to_unicode, flags=re.MULTILINE)
    return {bytes.fromhex(glyph): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def _decoded(glyphs: bytes, font: dict[bytes, str]) -> str:
    codes = (glyphs[place : place + 2] for place in range(0, len(glyphs), 2))
    return "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)
