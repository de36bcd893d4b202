"""An intruder with linear programming (scipy's linprog), who knows nothing of how the product decides what to hide."""

from random import Random

import numpy as np
from scipy.optimize import linprog

from analysis.core.protecting import CannotProtect, protect
from analysis.core.shape import share
from analysis.core.table import Column, Row, Table, TableKind

NEARLY = 1e-6
Place = tuple[str, str]
ANSWERS = ("a", "b", "c", "d")


def by_region(
    *lines: tuple[int, ...],
    kind: TableKind = "statements",
    bases: tuple[int, ...] = (),
    names: tuple[str, ...] = ANSWERS,
) -> Table:
    """Regions in the rows with all together below, answers in the columns and the base at the right."""
    answers = names[: len(lines[0])]
    regions = [f"r{place}" for place in range(len(lines))]
    rows = [*zip(regions, lines, bases or map(sum, lines), strict=True)]
    whole = tuple(map(sum, zip(*lines, strict=True)))
    rows.append(("england", whole, sum(base for *_, base in rows)))
    cells = {
        (name, answer): share(count, base=base)
        for name, line, base in rows
        for answer, count in zip((*answers, "total"), (*line, base), strict=True)
    }
    return Table(
        id="t",
        number=1,
        title="T",
        stub_label="Region",
        rows=tuple(Row(name, name, total=name == "england") for name, *_ in rows),
        columns=tuple(Column(answer, answer) for answer in (*answers, "total")),
        cells=cells,
        base_note="All.",
        notes=(),
        source="S",
        kind=kind,
    )


def random_lines(seed: int) -> list[tuple[int, ...]]:
    """A table of a survey's shape: few rows, some rare answers."""
    random = Random(seed)
    usual = [random.choice((0.5, 1.5, 4, 8)) for _ in range(random.randint(3, 4))]
    return [tuple(round(random.expovariate(1 / mean)) for mean in usual) for _ in range(random.randint(3, 5))]


def deducible(table: Table, *, of: set[Place]) -> dict[Place, tuple[float, float]]:
    """The least and the greatest value of these hidden cells that agree with every figure that is left in the table."""
    rows = [row.id for row in table.rows if not row.total]
    answers = [column.id for column in table.columns if column.id != "total"]
    places = [(row, answer) for row in rows for answer in answers]
    left, right = [], []

    def knows(total: int | None, among: list[tuple[str, str]]) -> None:
        if total is not None:
            left.append([float(place in among) for place in places])
            right.append(total)

    for place in places:
        knows(table.cells[place].count, [place])
    for answer in answers:
        knows(table.cell("england", answer).count, [(row, answer) for row in rows])
    for row in rows:
        knows(table.cell(row, "total").count, [(row, answer) for answer in answers])
    found = {}
    for at, place in enumerate(places):
        if place in of and table.cells[place].count is None:
            goal = np.eye(len(places))[at]
            ends = [float(linprog(sign * goal, A_eq=left, b_eq=right, bounds=(0, None)).fun or 0) for sign in (1, -1)]
            found[place] = (ends[0], -ends[1])
    return found


def recovered(seed: int) -> list[str]:
    """What the intruder learns of a protected random table that he must not: nothing, one hopes.

    A cell needs protection if one or two boards are in it, or if its row has fewer than ten or is of one mind.
    """
    lines = random_lines(seed)
    table = by_region(*lines)
    tells = {
        (f"r{place}", answer): count
        for place, line in enumerate(lines)
        for answer, count in zip(ANSWERS, line, strict=False)
        if count in (1, 2) or sum(line) < 10 or max(line) == sum(line)
    }
    try:
        told = deducible(protect(table), of=set(tells))
    except CannotProtect:
        return []
    wrong = []
    for place, count in tells.items():
        room = min(3, table.cells[place].base or 0, table.cell("england", place[1]).count or 0)
        low, high = told.get(place, (count, count))
        if high - low < room - NEARLY or high < room - NEARLY:
            wrong.append(f"table {seed}: {place} lies between {low:g} and {high:g}, and is {count}")
    return wrong
