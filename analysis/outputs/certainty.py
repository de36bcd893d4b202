"""How far a share of the boards that answered can be trusted for all boards, in words (M20, M21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from analysis.core.bounds import tipping_point, worst_case_bounds
from analysis.core.finding_tokens import places
from analysis.core.findings import Figure, boards_behind
from analysis.core.headlines import Headline
from analysis.core.intervals import ExactInterval, exact_interval
from analysis.core.national import Response
from analysis.core.percent import percent
from analysis.core.reliability import SMALLEST_BASE

KEPT = "\u00a0"  # a space at which no line is broken


@dataclass(frozen=True, slots=True)
class CertainRow:
    """One headline: what was found, and what follows for all boards if the silent are alike, or whatever they think."""

    finding: str
    table: str
    number: int
    place: str
    figure: str
    interval: str
    bounds: str
    majority: str


def certain_rows(headlines: Iterable[Headline], *, response: Response) -> tuple[CertainRow, ...]:
    """Return a row for each headline."""
    return tuple(_row(each, boards=headline_boards(each, response=response)) for each in headlines)


def headline_boards(headline: Headline, *, response: Response) -> int:
    """Return of how many boards a headline is a sample; none where it does not stand on every return."""
    return boards_behind(headline.figure, table=headline.table, response=response)


def _row(headline: Headline, *, boards: int) -> CertainRow:
    return CertainRow(
        finding=headline.finding,
        table=headline.table.id,
        number=headline.table.number,
        place=headline_words(headline),
        figure=figure_words(headline.figure),
        interval=_interval_cell(headline.figure, boards=boards),
        bounds=_bounds_cell(headline.figure, boards=boards),
        majority=_majority_cell(headline.figure, boards=boards),
    )


def headline_words(headline: Headline) -> str:
    """Return where a headline stands in as few words as tell it: “Understanding of thresholds, Health: Good”."""
    table, figure = headline.table, headline.figure
    rows, columns = {row.id: row for row in table.rows}, {column.id: column for column in table.columns}
    found = places(figure.token, rows=list(rows), columns=list(columns))
    row, column = rows[found[0][0]], columns[found[0][1]]
    down = " or ".join(dict.fromkeys(rows[each].label for each, _ in found))
    if column.group:
        return f"{row.panel}, {column.group}: {down}"
    if table.kind in {"frequency", "multiple"}:
        return f"{headline.short}: {down}"
    return f"{row.label}: {' or '.join(dict.fromkeys(columns[each].label for _, each in found))}"


def figure_words(figure: Figure) -> str:
    """Return “44 of 57 (77%)”, or a percentage of its base where there is no count; with its mark."""
    share = f"{figure.percent}% of {figure.base:,}"
    told = f"{figure.count:,} of {figure.base:,} ({figure.percent}%)" if figure.count is not None else share
    return f"{told} {figure.marker}" if figure.marker else told


def interval_words(figure: Figure, *, unit: str, boards: int) -> str:
    """Return what the silent would add if they were a random draw; nothing where that cannot be said."""
    found = interval_of(figure, boards=boards)
    if found is None:
        return ""
    if found.is_point:
        return f"All {unit} answered, so nothing is uncertain."
    low, high = percent(found.low_count, boards), percent(found.high_count, boards)
    return (
        f"If the {unit} that did not answer are like those that did, {found.low_count:,} to {found.high_count:,} "
        f"of the {boards:,} {unit} ({low}% to {high}%)."
    )


def bounds_words(figure: Figure, *, unit: str, boards: int) -> str:
    """Return what is certain whatever the silent think, and what a majority of all would take."""
    if figure.count is None or figure.base >= boards:
        return ""
    tip = tipping_point(figure.count, n=figure.base, population=boards)
    certain = f"Whatever they think, {figure.count:,} to {figure.count + boards - figure.base:,}."
    if not tip.needed:
        return f"{certain} It is a majority of all {unit} in any case."
    if not tip.is_possible:
        return f"{certain} It cannot be a majority of all {unit}."
    return f"{certain} For a majority of all, {tip.needed:,} of the {tip.silent:,} silent would have to be among them."


def interval_of(figure: Figure, *, boards: int) -> ExactInterval | None:
    """Return the exact interval for all boards; none on a base under 10, or where it is a sample of none."""
    if figure.count is None or not SMALLEST_BASE <= figure.base <= boards:
        return None
    return _exact(figure.count, figure.base, boards)


@lru_cache(maxsize=1_024)
def _exact(x: int, n: int, boards: int) -> ExactInterval:
    return exact_interval(x, n=n, population=boards)


def _interval_cell(figure: Figure, *, boards: int) -> str:
    found = interval_of(figure, boards=boards)
    if found is None:
        return "Base under 10" if figure.base < SMALLEST_BASE else "–"
    if found.is_point:
        return "All boards answered"
    low, high = percent(found.low_count, boards), percent(found.high_count, boards)
    return f"{found.low_count:,} to {found.high_count:,} ({low}%{KEPT}to{KEPT}{high}%)"


def _bounds_cell(figure: Figure, *, boards: int) -> str:
    if figure.count is None or figure.base > boards:
        return "–"
    bounds = worst_case_bounds(figure.count, n=figure.base, population=boards)
    low, high = round(bounds.low * boards), round(bounds.high * boards)
    return f"{low:,} to {high:,} ({percent(low, boards)}%{KEPT}to{KEPT}{percent(high, boards)}%)"


def _majority_cell(figure: Figure, *, boards: int) -> str:
    if figure.count is None or figure.base > boards:
        return "–"
    tip = tipping_point(figure.count, n=figure.base, population=boards)
    if not tip.needed:
        return "Is one already"
    if not tip.is_possible:
        return "Cannot be one"
    return f"{tip.needed:,} of {tip.silent:,} ({percent(tip.needed, tip.silent)}%)"
