"""Puts a plan's printed figures, its own publication's and its comparators', before the auditor."""

from collections.abc import Iterator

from analysis.core.auditor import (
    Discrepancy,
    PrintedCell,
    PrintedDistribution,
    PrintedRate,
    audit_distribution,
    audit_rates,
    audit_rows,
    audit_unattributed,
)
from analysis.core.layouts import Layout
from analysis.core.plan import Plan
from analysis.core.plan_document import RatingsSpec, ResponseRateSpec, Spec, StatementsSpec
from analysis.core.references import Comparator, Published
from analysis.core.shape import NOT_SPECIFIED_ID, Place, Population
from analysis.core.table import Measure

RATE, RETURNS = "response_rate", "returns"


def audit_published(plan: Plan, *, population: Population) -> tuple[Discrepancy, ...]:
    """Return everything that cannot be right in the figures the plan refers to; nothing if it refers to none.

    The population is that of the wave: printed rates are tried on its boards and on its authorities.
    """
    found: list[Discrepancy] = []
    if plan.published is not None:
        for spec in plan.specs:
            found += _table(plan, spec, plan.published, population=population)
        found += audit_unattributed(_unattributed(plan, plan.published))
    for comparator in plan.comparators.values():
        found += audit_comparator(plan, comparator)
    return tuple(found)


def audit_comparator(plan: Plan, comparator: Comparator) -> tuple[Discrepancy, ...]:
    """Return everything that cannot be right in one comparator's own columns."""
    return tuple(each for one in _columns(plan, comparator) for each in audit_distribution(one))


def _table(plan: Plan, spec: Spec, published: Published, *, population: Population) -> Iterator[Discrepancy]:
    layout = plan.layout(spec)
    lines = [_distribution(spec, layout, whole, published) for whole in layout.wholes]
    told = [line for line in lines if any(cell.count is not None or cell.percent is not None for cell in line.cells)]
    for line in told:
        yield from audit_distribution(line)
    if isinstance(spec, StatementsSpec):
        yield from audit_rows(told)
    if isinstance(spec, ResponseRateSpec):
        rates = list(_rates(spec, published, population=population))
        if rates:
            yield from audit_rates(rates, stated=plan.unit)


def _distribution(spec: Spec, layout: Layout, whole: tuple[Place, ...], published: Published) -> PrintedDistribution:
    """One group of cells whose percentages make up a hundred, as printed; its counts may stand in the first column."""
    rows, columns = {row.id: row for row in layout.rows}, {column.id: column for column in layout.columns}
    runs_across = len({row for row, _ in whole}) == 1
    row, column = rows[whole[0][0]], columns[whole[0][1]]
    name = row.label if runs_across else ", ".join(word for word in (row.panel, column.group or column.label) if word)
    cells = tuple(
        PrintedCell(
            name=columns[place[1]].label if runs_across else rows[place[0]].label,
            count=_figure(published, spec.id, place, "count")
            if column.measures != ("percent",)
            else _figure(published, spec.id, (place[0], layout.columns[0].id), "count"),
            percent=_figure(published, spec.id, place, "percent"),
        )
        for place in whole
    )
    printed = tuple(cell for cell in cells if cell.count is not None or cell.percent is not None)
    return PrintedDistribution(spec.id, name, published.returns, printed, are_shares=isinstance(spec, ResponseRateSpec))


def _columns(plan: Plan, comparator: Comparator) -> Iterator[PrintedDistribution]:
    """Each column of the comparator: percentages alone, on its own base."""
    by_column: dict[tuple[str, str, str], list[PrintedCell]] = {}
    labels = {(spec.id, row.id): row.label for spec in plan.specs if isinstance(spec, RatingsSpec) for row in spec.rows}
    panels = {
        (spec.id, each.id): each.label for spec in plan.specs if isinstance(spec, RatingsSpec) for each in spec.panels
    }
    for (table, panel, agency, rating), value in comparator.percents.items():
        cell = PrintedCell(labels.get((table, rating), rating), None, value)
        by_column.setdefault((table, panel, agency), []).append(cell)
    for (table, panel, agency), cells in by_column.items():
        name = f"{comparator.spec.label}, {panels.get((table, panel), panel)}, {agency.replace('_', ' ')}"
        yield PrintedDistribution(table, name, comparator.spec.base, tuple(cells))


def _rates(spec: ResponseRateSpec, published: Published, *, population: Population) -> Iterator[PrintedRate]:
    registers = {
        "boards": population.boards.get(spec.stratum, {}),
        "authorities": population.authorities.get(spec.stratum, {}),
    }
    for row in spec.rows:
        rate = _figure(published, spec.id, (row.id, RATE), "percent")
        returns = _figure(published, spec.id, (row.id, RETURNS), "count")
        eligible = {name: levels.get(row.value, 0) for name, levels in registers.items()}
        if rate is not None and returns is not None and all(eligible.values()):
            yield PrintedRate(spec.id, row.label, returns, rate, eligible)


def _unattributed(plan: Plan, published: Published) -> dict[str, int]:
    found = {
        f"Table {spec.number}": _figure(published, spec.id, (NOT_SPECIFIED_ID, RETURNS), "count")
        for spec in plan.specs
        if isinstance(spec, ResponseRateSpec)
    }
    return {table: number for table, number in found.items() if number is not None}


def _figure(published: Published, table: str, place: Place, measure: Measure) -> int | None:
    found = published.figures.get((table, *place, measure))
    return found.value if found else None
