"""The picture on the cover: one square for each board that was asked, filled for those that answered."""

from math import ceil, sqrt

from analysis.outputs.drawing import PALE_GREY, WIDTH, Drawing, assemble
from analysis.outputs.shapes import Rect


def draw_mosaic(returns: int, *, of: int, fill: str) -> Drawing:
    """Return one square for each board that was asked, the first of them filled for those that answered."""
    in_line = max(ceil(sqrt(of * 9)), 1)
    step = WIDTH / in_line
    side = round(step * 0.82, 1)
    squares = [
        Rect(round(place % in_line * step, 1), round(place // in_line * step, 1), side, side, each)
        for place, each in enumerate([fill] * min(returns, of) + [PALE_GREY] * max(of - returns, 0))
    ]
    return assemble(list(squares), height=ceil(of / in_line) * step)
