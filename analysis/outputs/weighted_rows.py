"""Unweighted and weighted figures side by side, in words."""

from dataclasses import dataclass
from math import floor

from analysis.core.response import Rate
from analysis.core.weighted_figures import WeightedFigure
from analysis.outputs.certainty import headline_words


@dataclass(frozen=True, slots=True)
class WeightedRow:
    """One headline, unweighted and weighted; shift and standard error in percentage points."""

    number: int
    place: str
    unweighted: str
    weighted: str
    shift: str
    interval: str
    se: str


def weighted_row(figure: WeightedFigure) -> WeightedRow:
    """Return both figures of a headline."""
    return WeightedRow(
        number=figure.headline.table.number,
        place=headline_words(figure.headline),
        unweighted=share_words((figure.count, figure.base)),
        weighted=f"{figure.percent}%",
        shift=points(figure.shift),
        interval=_interval(figure.interval),
        se="–" if figure.se is None else f"{100 * figure.se:.1f}",
    )


def share_words(part: tuple[int, int]) -> str:
    """Return “8 of 19 (42%)”."""
    return str(Rate(*part, "returns")).replace(" returns", "")


def points(number: float) -> str:
    """Return “+0.4”, “−12.0”, of percentage points."""
    return f"{number:+.1f}".replace("-", "−")


def _interval(found: tuple[float, float] | None) -> str:
    """As of unweighted figures, none where nobody knows of how many boards the returns are a part."""
    return f"{_whole(found[0])}% to {_whole(found[1])}%" if found else "–"


def _whole(share: float) -> int:
    return floor(100 * share + 0.5)
