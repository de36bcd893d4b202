"""The line on every table of answers that says whether those who answered are like all who could have (M45)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.core.cube import STRATA, Cube
from analysis.core.representativeness import compare_returns
from analysis.core.shape import Population
from analysis.core.table import Table

GROUNDS = ("response_rate", "outcomes")  # what tells who answered
NOT_ALLOWED = "No interval allows for that."


def with_evenness(tables: Iterable[Table], *, cube: Cube, population: Population, unit: str) -> tuple[Table, ...]:
    """Return the tables with the line; those of response rates are its grounds and have none."""
    line = evenness_line({each: cube.sizes(each) for each in STRATA}, boards=population.boards, unit=unit)
    return tuple(table if table.kind in GROUNDS else replace(table, evenness=line) for table in tables)


def before_weighting(line: str) -> str:
    """Return the line as it stands on a weighted table, whose figures allow for a part of it at most."""
    weights = line.removeprefix("The ").replace(NOT_ALLOWED, "Weights allow only for what they are made by.")
    return f"Before weighting, the {weights}" if line else ""


def evenness_line(
    returns: Mapping[str, Mapping[str, int]], *, boards: Mapping[str, Mapping[str, int]], unit: str
) -> str:
    """Return in words alone by what those that answered differ from all, so also where counts are withheld.

    `returns` and `boards` are numbers of units by stratum and level. Nothing where nobody or everybody answered.
    """
    found = {stratum: _differs(returns[stratum], boards[stratum]) for stratum in returns}
    by = [_named(stratum) for stratum, differs in found.items() if differs]
    alike = [_named(stratum) for stratum, differs in found.items() if differs is False]
    if not by and not alike:
        return ""
    said = f"The {unit} that answered differ from all {unit}"
    chance = "no more than chance would have it"
    if not by:
        return f"{said} {' or '.join(alike)} {chance}."
    rest = f", but {' and '.join(alike)} {chance}" if alike else ""
    return f"{said} {' and '.join(by)}{rest}. {NOT_ALLOWED}"


def _differs(returns: Mapping[str, int], boards: Mapping[str, int]) -> bool | None:
    """Returns that name no level are left out, as in the tables of response rates.

    So is a level with more returns than boards, some of which named no board.
    """
    counts = list(_counts(returns, boards))
    found = compare_returns([number for number, _ in counts], eligible=[size for _, size in counts])
    return None if found is None else found.differs


def _counts(returns: Mapping[str, int], boards: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    every = ((returns.get(level, 0), size) for level, size in sorted(boards.items()) if level)
    return ((number, size) for number, size in every if number <= size)


def _named(stratum: str) -> str:
    return f"by {stratum.replace('_', ' ')}"
