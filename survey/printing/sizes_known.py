"""Margins, borders and sizes of a box, reckoned once for each style and room and not for each cell of a table."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import absolute, block, column, float, grid, inline, page, percent, table  # noqa: A004

from survey.printing.patching import require

MODULES = (absolute, block, column, float, grid, inline, page, percent, table)
SIDES = ("top", "right", "bottom", "left")
RECKONED = (
    *(f"{edge}_{side}" for edge in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
WISHED = itemgetter(*RECKONED[-6:])  # which grids and columns change while they set their boxes
Resolve = Callable[[Any, Any], None]


def reckon_sizes_once() -> None:
    """Have WeasyPrint look up what it reckoned before, in this process from now on."""
    for module in MODULES:
        require(f"{module.__name__} of WeasyPrint", vars(module), "resolve_percentages")
    if not hasattr(percent.resolve_percentages, "is_known"):
        resolve = _resolving(percent.resolve_percentages)
        for module in MODULES:
            module.resolve_percentages = resolve


def _resolving(resolve_percentages: Resolve) -> Resolve:
    def resolve(box: Any, containing_block: Any) -> None:  # noqa: ANN401 -- WeasyPrint has no types
        style = box.style
        if style["border_collapse"] == "collapse" or isinstance(box, PageBox):  # neighbours have a say in its borders
            resolve_percentages(box, containing_block)
            return
        around = containing_block
        room = (around.width, around.height) if isinstance(around, Box) else tuple(around)
        room = (*room, *WISHED(style))
        known: dict[object, dict[str, object]] = vars(style).setdefault("known_sizes", {})
        if room in known:
            vars(box).update(known[room])
        else:
            resolve_percentages(box, containing_block)
            known[room] = {name: getattr(box, name) for name in RECKONED}

    resolve.is_known = True  # type: ignore[attr-defined]  # so that it is said once
    return resolve
