"""The shapes that charts are drawn with, and how SVG writes them: a large chart has a thousand of them."""

from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape

Anchor = Literal["", "middle", "end"]
MARK = 4.5  # from the middle of a point to its rim


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled box, its corners round where `rx` says so."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    rx: float = 0

    @property
    def svg(self) -> str:
        """The element."""
        place = f'x="{self.x}" y="{self.y}" width="{self.width}" height="{self.height}" fill="{self.fill}"'
        return f"<rect {place}{_told(stroke=self.stroke, rx=self.rx)}/>"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words or a figure; `y` is the line it stands on."""

    x: float
    y: float
    text: str
    anchor: Anchor = ""
    fill: str = ""  # nothing stands for what the drawing as a whole says
    size: float | None = None
    weight: int | None = None

    @property
    def svg(self) -> str:
        """The element, its words escaped."""
        look = _told(fill=self.fill, font_size=self.size, text_anchor=self.anchor, font_weight=self.weight)
        return f'<text x="{self.x}" y="{self.y}"{look}>{escape(self.text)}</text>'


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, dashed where two things must not be taken for one."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = ""
    dashes: str = ""

    @property
    def svg(self) -> str:
        """The element."""
        place = f'x1="{self.x1}" y1="{self.y1}" x2="{self.x2}" y2="{self.y2}"'
        return f"<line {place}{_told(stroke=self.stroke, stroke_dasharray=self.dashes)}/>"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point: a filled disc or an open diamond, so that two series differ without colour."""

    x: float
    y: float
    kind: Literal["disc", "diamond"]
    fill: str
    stroke: str

    @property
    def svg(self) -> str:
        """The element."""
        return f'<path d="{self.path}" fill="{self.fill}" stroke="{self.stroke}" stroke-width="1.5"/>'

    @property
    def path(self) -> str:
        """Its outline as SVG draws it."""
        x, y, r = self.x, self.y, MARK
        if self.kind == "diamond":
            return f"M{x} {y - r - 1}L{x + r + 1} {y}L{x} {y + r + 1}L{x - r - 1} {y}Z"
        return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"


Shape = Rect | Text | Rule | Mark


def _told(**attributes: str | float | None) -> str:
    """The attributes that say something; colours and numbers need no escaping."""
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items() if value)
