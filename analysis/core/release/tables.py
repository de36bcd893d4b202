"""The tables of a release: those of the plan and their breakdowns, whole for the team or protected for everybody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.plan import Plan
from analysis.core.plan_document import BreakdownSpec, CodedSpec, CrossSpec, ResponseRateSpec, TableSpec
from analysis.core.protecting import hide
from analysis.core.release.answers import base_of
from analysis.core.release.codes import coded_as
from analysis.core.release.counting import Boards, Counting
from analysis.core.release.crossed_tables import crossed_by_item
from analysis.core.release.decisions import Decisions, breakdown_id, breakdowns_of, is_by_frame, is_by_item
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.participation import levels_of, returns_at
from analysis.core.release.questions import Question, questions_of
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, TOTAL_LABEL, Place, share
from analysis.core.table import Column, Row, Table

RETURNS_COLUMNS = ("returns", "response_rate", "response_rate_boards", "share_of_returns")


@dataclass(frozen=True)
class Placed:
    """A table with the name of the count that stands in each of its places, where hiding was decided on."""

    table: Table
    names: Mapping[Place, str]

    def hidden(self, decisions: Decisions) -> dict[Place, str]:
        """Return the places that are hidden, each with the rule."""
        return {place: decisions.hidden[name] for place, name in self.names.items() if name in decisions.hidden}

    def protected(self, decisions: Decisions) -> Table:
        """Return the table as it may leave."""
        return hide(self.table, hidden=self.hidden(decisions))


def placed_tables(
    national: Iterable[Table], *, plan: Plan, counting: Counting, decisions: Decisions
) -> tuple[Placed, ...]:
    """Return every table of a release: the national ones, each followed by its breakdowns."""
    by_id = {table.id: table for table in national}
    return tuple(
        placed
        for spec in plan.every_table
        if spec.id in decisions.tables and spec.id in by_id
        for placed in _placed(spec, by_id[spec.id], plan, counting, decisions)
    )


def _placed(spec: TableSpec, table: Table, plan: Plan, counting: Counting, decisions: Decisions) -> Iterator[Placed]:
    """A cross-table is a breakdown itself, on the returns of each group; codes have none."""
    if isinstance(spec, CodedSpec):
        yield Placed(table, {(row, column): coded_as(spec.item, row) for row, column in table.cells})
    elif isinstance(spec, CrossSpec) and is_by_item(spec):
        yield Placed(*crossed_by_item(spec, table, plan=plan, counting=counting))
    elif isinstance(spec, CrossSpec) and is_by_frame(spec):
        by = next(each for each in plan.breakdowns if each.stratum == spec.by)
        groups = [group for group in decisions.groups if group.stratum == spec.by]
        questions = questions_of(spec, plan=plan)
        placed = _breakdown(spec, table, questions, by=by, groups=groups, counting=counting)
        columns = (*placed.table.columns[:-1], Column(TOTAL_ID, TOTAL_LABEL, measures=("count",)))
        laid_out = replace(placed.table, id=table.id, title=table.title, columns=columns, kind="cross")
        yield Placed(laid_out, placed.names)
    else:
        yield from _with_breakdowns(spec, table, plan, counting, decisions)


def _with_breakdowns(
    spec: TableSpec, table: Table, plan: Plan, counting: Counting, decisions: Decisions
) -> Iterator[Placed]:
    questions = questions_of(spec, plan=plan)
    yield Placed(table, dict(_names_of_returns(spec)) if isinstance(spec, ResponseRateSpec) else {})
    for each in breakdowns_of(spec, plan=plan):
        groups = [group for group in decisions.groups if group.stratum == each.stratum]
        if groups and breakdown_id(spec, each.stratum) not in decisions.left_out:
            yield _breakdown(spec, table, questions, by=each, groups=groups, counting=counting)


def _names_of_returns(spec: ResponseRateSpec) -> Iterator[tuple[Place, str]]:
    rows = [*(row.id for row in spec.rows), NOT_SPECIFIED_ID]
    levels = levels_of(spec.stratum, [row.value for row in spec.rows])
    for row, level in zip(rows, levels, strict=True):
        yield from (((row, column), returns_at(level.name)) for column in RETURNS_COLUMNS)


def _breakdown(
    spec: TableSpec,
    table: Table,
    questions: Sequence[Question],
    *,
    by: BreakdownSpec,
    groups: Sequence[Group],
    counting: Counting,
) -> Placed:
    """One panel for each item, one row for each group with all boards below, one column for each answer."""
    lines = [(f"group{place}", group.label, counting.boards(group)) for place, group in enumerate(groups, 1)]
    lines.append((TOTAL_ID, EVERYONE, counting.everyone))
    cells, names = {}, {}
    for question in questions:
        for row, _, boards in lines:
            base = base_of(question, counting=counting, boards=boards)
            cells[f"{question.id}.{row}", TOTAL_ID] = share(base, base=base)
            for part in question.parts:
                cells[f"{question.id}.{row}", part.id] = share(counting.count(part.answer, boards), base=base)
                if boards is not counting.everyone:
                    names[f"{question.id}.{row}", part.id] = part.answer.at(boards.name)
    placed = Table(
        id=breakdown_id(spec, by.stratum),
        number=table.number,
        title=f"{table.title}, by {by.label}",
        stub_label=by.label.capitalize(),
        rows=tuple(_rows(questions, lines)),
        columns=(
            *(Column(part.id, part.label, apart=part.apart) for part in questions[0].parts),
            Column(TOTAL_ID, TOTAL_LABEL),
        ),
        cells=cells,
        base_note=f"{table.base_note.split('. ')[0].removesuffix('.')}. Each row is on the returns of its group.",
        notes=(),
        source=table.source,
        kind="statements",
        evenness=table.evenness,
    )
    return Placed(placed, names)


def _rows(questions: Sequence[Question], lines: Sequence[tuple[str, str, Boards]]) -> Iterator[Row]:
    for question in questions:
        panel = ": ".join(word for word in (question.panel, question.label) if word)
        for row, label, _ in lines:
            yield Row(f"{question.id}.{row}", label, panel=panel, total=row == TOTAL_ID)
