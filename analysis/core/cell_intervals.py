"""Shares with their interval for all units of their group, and the mark of those that stand on too little.

Source: exact inversion of the hypergeometric test where the number of all units is known, else Wilson's score interval
without correction for a finite population, which is wider. Shares are from 0 to 1, counts are units.
"""

from dataclasses import replace
from functools import lru_cache

from analysis.core.intervals import exact_interval, wilson_interval
from analysis.core.reliability import FIRM_BASE, SMALLEST_BASE, WIDEST_POINTS
from analysis.core.table import UNSTABLE, Cell, Interval, Table

BOUNDS = (
    "Bounds, in per cent of all boards of the group: the lower one if none of those outside the base would have given "
    "the answer, the higher one if all of them would. Nothing is assumed about them."
)


def with_interval(cell: Cell, *, population: int | None) -> Cell:
    """Return the cell with its interval and, where that is wide or the base small, the mark of low reliability.

    `population` is the number of all units the base could have been; None where nobody knows. A base below ten has no
    interval; a cell without a base is returned as it is.
    """
    if cell.count is None or not cell.base or cell.percent is None:
        return cell
    if cell.base < SMALLEST_BASE:
        return replace(cell, marker=UNSTABLE)
    interval = interval_of(cell.count, cell.base, population)
    is_unstable = cell.base < FIRM_BASE or 100 * (interval.high - interval.low) > WIDEST_POINTS
    return replace(cell, interval=interval, marker=UNSTABLE if is_unstable else cell.marker)


@lru_cache(maxsize=16_384)
def interval_of(x: int, n: int, population: int | None) -> Interval:
    """Return the 95% interval of x of n; a base that is larger than the population has the one for no population."""
    if population is None or n > population:
        return Interval(*wilson_interval(x, n=n))
    found = exact_interval(x, n=n, population=population)
    return Interval(found.low, found.high, found.low_count, found.high_count, population)


def showing_intervals(table: Table) -> Table:
    """Return the table with a column for the interval beside each percentage that has one."""
    has_one = {column for (_, column), cell in table.cells.items() if cell.interval}
    columns = tuple(
        replace(column, measures=(*column.measures, "interval")) if column.id in has_one else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def bounds_of(table: Table) -> Table | None:
    """Return a table of the bounds of the shares alone, beside the bases; None where no share has any.

    Bounds are what is certain whatever those would say who are not in the base: x/N and (x + N - n)/N.
    """
    bounded = {column for (_, column), cell in table.cells.items() if cell.bounds}
    columns = tuple(
        replace(column, measures=("bounds",) if column.id in bounded else ("count",))
        for column in table.columns
        if column.id in bounded or (column.measures == ("count",) and not column.apart)
    )
    if not bounded:
        return None
    kept = {column.id for column in columns}
    return replace(
        table,
        id=f"{table.id}_bounds",
        title=f"{table.title}: what the silent leave open",
        columns=columns,
        cells={place: cell for place, cell in table.cells.items() if place[1] in kept},
        notes=(BOUNDS,),
    )
