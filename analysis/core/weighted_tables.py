"""The tables of answers once more, weighted: each stands beside the unweighted one, never in its place (M25)."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.core.cube import Cube
from analysis.core.cube_parts import weighted
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, RatingsSpec, ResponseRateSpec, Spec
from analysis.core.shape import Population
from analysis.core.table import Cell, Column, Table
from analysis.core.tabulate import tabulate
from analysis.core.weighting_choice import Assessment


def weighted_tables(
    cube: Cube, *, assessment: Assessment, plan: Plan, population: Population, note: str
) -> dict[str, Table]:
    """Return the weighted percentages of each table of answers by the table's id; nothing unless they are allowed.

    `note` says by what they are weighted and what that costs. Counts are not weighted: nobody is half a board.
    """
    if not assessment.is_allowed or assessment.weights is None:
        return {}
    heavy = weighted(cube, weights=assessment.weights)
    found = {spec.id: tabulate(heavy, population=population, spec=spec, plan=plan) for spec in _of_answers(plan)}
    return {id_: _percentages(table, note=note) for id_, table in found.items()}


def _of_answers(plan: Plan) -> Iterator[Spec]:
    """A response rate is a fact, a cross-table holds its strata apart already; a comparator has no weights."""
    for spec in plan.specs:
        if isinstance(spec, RatingsSpec):
            yield spec.model_copy(update={"comparator": None})
        elif not isinstance(spec, ResponseRateSpec | CrossSpec):
            yield spec


def _percentages(table: Table, *, note: str) -> Table:
    columns = tuple(_percent_only(column) for column in table.columns if "percent" in column.measures)
    return replace(
        table,
        id=f"{table.id}_weighted",
        title=f"{table.title} (weighted)",
        columns=columns,
        cells={
            (row.id, column.id): Cell(percent=table.cell(row.id, column.id).percent)
            for row in table.rows
            for column in columns
        },
        base_note=note,
        notes=(),
    )


def _percent_only(column: Column) -> Column:
    return replace(column, measures=("percent",))
