"""Words in drawings, set a line at a time.

WeasyPrint sets the text of a drawing letter by letter, and shifts what is centred through a group of its own. Our
drawings turn, stretch, space and outline nothing: a line is laid out once, with its kerning, and can be found as whole
words.
"""

from copy import copy
from functools import cache
from math import inf
from typing import Any, Protocol

from weasyprint import svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.text import Style, TextBox
from weasyprint.svg.utils import color
from weasyprint.text.line_break import split_first_line

from survey.printing.patching import require

COLOUR = cache(color)
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Node(Protocol):
    """What is read of WeasyPrint's node."""

    text: str | None

    def get(self, key: str, default: object = None, /) -> Any: ...  # noqa: ANN401 -- as WeasyPrint has it


class Drawing(Protocol):
    """What is used of WeasyPrint's drawing."""

    context: Any
    font_config: Any
    stream: Any

    def point(self, x: object, y: object, font_size: float) -> tuple[float, float]: ...


def set_whole_lines() -> None:
    """Have WeasyPrint set words of drawings with `draw_line` and read each colour once, in this process from now on."""
    require("Drawing in WeasyPrint", vars(svg), "TAGS", "color")
    require("The table of tags in WeasyPrint", svg.TAGS, "text")
    svg.TAGS["text"] = draw_line
    svg.color = lambda name: copy(COLOUR(name))  # whoever asks may make it paler


def draw_line(drawing: Drawing, node: Node, font_size: float) -> None:
    """Set one line at its place, as WeasyPrint calls it for a `text` element."""
    if not node.text:
        return
    style = _style(drawing, node, font_size)
    layout, _, _, width, _, baseline = split_first_line(node.text, style, drawing.context, inf, 0)
    x, y = drawing.point(node.get("x"), node.get("y"), font_size)
    box = TextBox(layout, style)
    box.baseline = baseline
    drawing.stream.set_color(COLOUR(node.get("fill", "black")))
    drawing.stream.begin_text()
    layout.reactivate(style)
    left = x - width * SHIFTS[node.get("text-anchor", "start")]
    draw_first_line(drawing.stream, box, "none", "none", Matrix(d=-1, e=left, f=y))
    drawing.stream.end_text()


def _style(drawing: Drawing, node: Node, font_size: float) -> Style:
    style = Style(INITIAL_VALUES)
    style.font_config = drawing.font_config
    style["font_family"] = [name.strip("\"' ") for name in node.get("font-family", "sans-serif").split(",")]
    style["font_size"] = font_size
    style["font_weight"] = int(node.get("font-weight", 400))
    return style
