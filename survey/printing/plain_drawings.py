"""Plain drawings, drawn the short way: shapes that are only filled, and words a line at a time.

WeasyPrint looks at each shape for strokes, clips, masks, filters and markers, sets text letter by letter, and shifts
what is centred through a group of its own. Our drawings turn, stretch, space and outline next to nothing: a plain shape
is filled, and a line is laid out once for a whole document, with its kerning, and can be found as whole words.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache, wraps
from math import inf
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from weasyprint import svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.text import Style, TextBox
from weasyprint.svg.utils import color, size
from weasyprint.text.line_break import split_first_line

from survey.printing.patching import require

COLOUR = cache(color)
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
# What a plain shape or line says of itself, or has said of it by the nodes above it.
PLAIN = {"x", "y", "width", "height", "d", "fill", "font-family", "font-size", "font-weight", "text-anchor"}

Words = tuple[str, str, str, float]  # what they are, family, weight and size
Line = tuple[TextBox, float]  # laid out, and how wide it is
LINES: WeakKeyDictionary[Any, dict[Words, Line]] = WeakKeyDictionary()  # of each document


class Node(Protocol):
    """What is read of WeasyPrint's node."""

    attrib: Mapping[str, str]
    tag: str
    text: str | None

    def get(self, key: str, default: object = None, /) -> Any: ...  # noqa: ANN401 -- as WeasyPrint has it


class Drawing(Protocol):
    """What is used of WeasyPrint's drawing."""

    context: Any
    font_config: Any
    stream: Any

    def point(self, x: object, y: object, font_size: float) -> tuple[float, float]: ...


Draw = Callable[[Drawing, Node, float], None]
DrawNode = Callable[[Drawing, Node, float, bool, object], None]


def draw_plainly() -> None:
    """Have WeasyPrint draw plain shapes and words so, and read each colour once, in this process from now on."""
    require("Drawing in WeasyPrint", vars(svg), "TAGS", "color")
    require("The table of tags in WeasyPrint", svg.TAGS, "text", "rect", "path")
    require("A drawing of WeasyPrint", vars(svg.SVG), "draw_node")
    svg.TAGS["text"] = draw_line
    svg.color = lambda name: copy(COLOUR(name))  # whoever asks may make it paler
    if not hasattr(svg.SVG.draw_node, "draws_plainly"):
        svg.SVG.draw_node = _drawing_plainly(svg.SVG.draw_node)


def _drawing_plainly(draw_node: DrawNode) -> DrawNode:
    """WeasyPrint's way of drawing a node, with a shorter one for those that are plain."""
    ways: dict[str, Draw] = {"rect": _filled(svg.TAGS["rect"]), "path": _filled(svg.TAGS["path"]), "text": draw_line}

    @wraps(draw_node)
    def draw(drawing: Drawing, node: Node, font_size: float, fill: bool = True, context: object = None) -> None:  # noqa: FBT001, FBT002
        if fill and node.tag in ways and node.attrib.keys() <= PLAIN:
            ways[node.tag](drawing, node, size(node.get("font-size", "1em"), font_size, font_size))
        else:
            draw_node(drawing, node, font_size, fill, context)

    draw.draws_plainly = True  # type: ignore[attr-defined]  # so that it is said once
    return draw


def _filled(trace: Draw) -> Draw:
    def draw(drawing: Drawing, node: Node, font_size: float) -> None:
        drawing.stream.set_color(COLOUR(node.get("fill", "black")))
        trace(drawing, node, font_size)
        drawing.stream.fill()

    return draw


def draw_line(drawing: Drawing, node: Node, font_size: float) -> None:
    """Set one line at its place, as WeasyPrint calls it for a `text` element."""
    if not node.text:
        return
    box, width = _line(drawing, node, font_size)
    x, y = drawing.point(node.get("x"), node.get("y"), font_size)
    drawing.stream.set_color(COLOUR(node.get("fill", "black")))
    drawing.stream.begin_text()
    left = x - width * SHIFTS[node.get("text-anchor", "start")]
    draw_first_line(drawing.stream, box, "none", "none", Matrix(d=-1, e=left, f=y))
    drawing.stream.end_text()


def _line(drawing: Drawing, node: Node, font_size: float) -> Line:
    """The words laid out: once in a document, in which the same figures stand in many drawings."""
    words = (node.text or "", node.get("font-family", "sans-serif"), node.get("font-weight", "400"), font_size)
    lines = LINES.setdefault(drawing.context, {})
    if words not in lines:
        lines[words] = _laid_out(words, drawing)
    return lines[words]


def _laid_out(words: Words, drawing: Drawing) -> Line:
    text, family, weight, font_size = words
    style = Style(INITIAL_VALUES)
    style.font_config = drawing.font_config
    style["font_family"] = [name.strip("\"' ") for name in family.split(",")]
    style["font_size"] = font_size
    style["font_weight"] = int(weight)
    layout, _, _, width, _, baseline = split_first_line(text, style, drawing.context, inf, 0)
    layout.reactivate(style)
    box = TextBox(layout, style)
    box.baseline = baseline
    return box, width
