"""Drawings taken out of a document before it is printed, each to be fetched as a picture.

In the document every box and word of a drawing would be read by the slow reader of HTML and compared with every rule of
the styles, though none is meant for it.
"""

import re
from dataclasses import dataclass

DRAWING = re.compile(r"(?P<opening><svg\b[^>]*>)\s*<title[^>]*>(?P<title>[^<]*)</title>(?P<rest>.*?</svg>)", re.DOTALL)
STYLE = re.compile(r'\bclass="[^"]*"')
OF_THE_PAGE = re.compile(
    r'\s(?:class|role|aria-[a-z]+)="[^"]*"'
)  # which the picture says, and each shape would inherit


@dataclass(frozen=True, slots=True)
class Parted:
    """A document that names its drawings, and the drawings by name."""

    html: str
    drawings: dict[str, bytes]


def part(html: str) -> Parted:
    """Return the document with every drawing that has a title replaced by a picture of that title and style."""
    drawings: dict[str, bytes] = {}

    def replace(found: re.Match[str]) -> str:
        name = f"drawing-{len(drawings) + 1}.svg"
        drawings[name] = (OF_THE_PAGE.sub("", found["opening"]) + found["rest"]).encode()
        style = STYLE.search(found["opening"])
        return f'<img src="{name}" alt="{found["title"]}" {style[0] if style else ""}>'

    return Parted(DRAWING.sub(replace, html), drawings)
