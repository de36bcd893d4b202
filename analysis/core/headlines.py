"""The numbers of a plan's findings, each once, with the finding it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.finding_tokens import Token, tokens
from analysis.core.findings import Figure, figure_of, marked
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, ResponseRateSpec
from analysis.core.shape import Population
from analysis.core.table import Table
from analysis.core.tabulate import tabulate


@dataclass(frozen=True, slots=True)
class Headline:
    """One share of the boards that answered, which a finding tells."""

    finding: str
    figure: Figure
    table: Table
    short: str  # what the table is about, in few words

    @property
    def count(self) -> int:
        """Return how many of the base."""
        return self.figure.count or 0

    @property
    def base(self) -> int:
        """Return of how many returns."""
        return self.figure.base


def headlines(plan: Plan, *, tables: Mapping[str, Table], boards: int) -> tuple[Headline, ...]:
    """Return every counted share of answers in the findings once, in their order; marked if it stands on too little.

    A comparator's percentages are none of ours, a response rate is a fact about all boards, and a share of one group
    of boards says nothing about the silent of the others.
    """
    found: dict[tuple[str, str], Headline] = {}
    shorts = {spec.id: spec.short or spec.title for spec in plan.specs}
    for finding, token in _tokens(plan):
        figure = figure_of(token, tables=tables) if token.table in tables else None
        if figure is not None and figure.count is not None:
            table = tables[token.table]
            headline = Headline(finding, marked(figure, table=table, boards=boards), table, shorts[token.table])
            found.setdefault((token.table, token.selector), headline)
    return tuple(found.values())


def headline_tables(cube: Cube, *, plan: Plan, population: Population) -> dict[str, Table]:
    """Return the tables that findings draw their shares of all returns from, by id."""
    wanted = {token.table for _, token in _tokens(plan)}
    specs = [spec for spec in plan.specs if spec.id in wanted and not isinstance(spec, ResponseRateSpec | CrossSpec)]
    return {spec.id: tabulate(cube, population=population, spec=spec, plan=plan) for spec in specs}


def _tokens(plan: Plan) -> Iterator[tuple[str, Token]]:
    for theme in plan.findings:
        for finding in theme.findings:
            yield from ((finding.id, token) for token in tokens(finding.text))
