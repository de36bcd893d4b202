"""Lines of words that were set before are not set anew: tables say the same few words over and over.

WeasyPrint has Pango set each line twice or three times to find where it breaks and once more to draw it. What a line
comes to follows from its words, its look and the room it has, so all are kept with the fonts that they are set in, for
the next cell and, in a process that prints many documents, for the next document.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from survey.printing.patching import require

MOST = 4_096  # lines kept; then all are forgotten at once
# What WeasyPrint reads of a style when it sets a line.
LOOK = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "text_decoration_line", "letter_spacing", "word_spacing"),
    *("white_space", "overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    *("hyphenate_limit_zone", "tab_size", "text_overflow"),
)
OF_THE_BOX = ("style", "max_width")
Split = Callable[..., tuple[Any, ...]]
Reactivate = Callable[[Any, Any], None]


def set_lines_once() -> None:
    """Have WeasyPrint look up lines that it set before, in this process from now on."""
    require("Setting lines in WeasyPrint", vars(line_break), "split_first_line")
    for module in (inline, preferred):
        require(f"{module.__name__} of WeasyPrint", vars(module), "split_first_line")
    require("A line of WeasyPrint", vars(Layout), "setup", "set_text", "deactivate", "reactivate")
    if not hasattr(Layout.reactivate, "is_known"):
        Layout.reactivate = _reactivating(Layout.reactivate)
        split = _splitting(line_break.split_first_line)
        line_break.split_first_line = inline.split_first_line = preferred.split_first_line = split


def _splitting(split_first_line: Split) -> Split:
    def split(  # noqa: PLR0917 -- as WeasyPrint calls it
        text: str,
        style: Any,  # noqa: ANN401 -- WeasyPrint has no types
        context: object,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> tuple[Any, ...]:
        given = (max_width, justification_spacing, is_line_start, minimum)
        lines, key = _lines(style), (text, _look(style), *given)
        if key not in lines:
            lines[key] = split_first_line(text, style, context, *given)
        layout, *measures = lines[key]
        return copy(layout), *measures  # who draws it makes it his own

    return split


def _reactivating(reactivate: Reactivate) -> Reactivate:
    def again(layout: Any, style: Any) -> None:  # noqa: ANN401 -- WeasyPrint has no types
        lines, key = _lines(style), (layout.text, _look(style), layout.justification_spacing)
        if style["text_overflow"] != "clip":  # it will be cut, and can be nobody else's
            reactivate(layout, style)
        elif key in lines:
            vars(layout).update(lines[key], style=style)
        else:
            reactivate(layout, style)
            lines[key] = {name: value for name, value in vars(layout).items() if name not in OF_THE_BOX}

    again.is_known = True  # type: ignore[attr-defined]  # so that it is said once
    return again


def _lines(style: Any) -> dict[object, Any]:  # noqa: ANN401 -- as above
    lines: dict[object, Any] = vars(style.font_config).setdefault("known_lines", {})
    if len(lines) >= MOST:
        lines.clear()
    return lines


def _look(style: Any) -> str:  # noqa: ANN401 -- as above
    """What a style says of lines, put together once."""
    found: str | None = vars(style).get("look_of_lines")
    if found is None:
        found = style.look_of_lines = str([style[name] for name in LOOK])
    return found
