"""The tables of a release: those of the plan and their breakdowns, whole for the team or protected for everybody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.core.companions import companion, companion_id, has_companion, pointing
from analysis.core.multiple import ASKED
from analysis.core.outcomes import OUTCOMES
from analysis.core.plan import Plan
from analysis.core.plan_document import BreakdownSpec, CodedSpec, CrossSpec, ResponseRateSpec, TableSpec
from analysis.core.protecting import hide
from analysis.core.release.answers import base_of
from analysis.core.release.codes import coded_as
from analysis.core.release.counting import Boards, Counting
from analysis.core.release.crossed_tables import crossed_by_item
from analysis.core.release.decisions import Decisions, breakdown_id, breakdowns_of, is_by_frame, is_by_item
from analysis.core.release.groups import EVERYONE
from analysis.core.release.lines import boards_in, figure, group_id, notes_of, row_of
from analysis.core.release.participation import Frame, levels_of, returns_at
from analysis.core.release.questions import Question, questions_of
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, TOTAL_LABEL, Place, share
from analysis.core.table import Cell, Column, Row, Table

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
    national: Iterable[Table], *, plan: Plan, counting: Counting, frame: Frame, decisions: Decisions
) -> tuple[Placed, ...]:
    """Return every table of a release: the national ones, each followed by its breakdowns.

    That of outcomes, which no plan lists, stands behind those of response.
    """
    made = _Made(plan, counting, frame, decisions)
    by_id = {table.id: table for table in national}
    outcomes = [Placed(by_id[OUTCOMES], {})] if OUTCOMES in by_id and OUTCOMES not in decisions.left_out else []
    found = [
        placed
        for spec in plan.every_table
        if spec.id in decisions.tables and spec.id in by_id
        for placed in _placed(spec, by_id[spec.id], made)
    ]
    place = max((at for at, each in enumerate(found, 1) if each.table.kind == "response_rate"), default=0)
    return (*found[:place], *outcomes, *found[place:])


@dataclass(frozen=True)
class _Line:
    """One row of every panel: a group or all boards, and how many boards there are of it, if anybody knows."""

    id: str
    label: str
    boards: Boards
    population: int | None


@dataclass(frozen=True)
class _Made:
    """What every table of a release is made from."""

    plan: Plan
    counting: Counting
    frame: Frame
    decisions: Decisions


def _placed(spec: TableSpec, table: Table, made: _Made) -> Iterator[Placed]:
    """A cross-table is a breakdown itself, on the returns of each group; codes have none."""
    if isinstance(spec, CodedSpec):
        yield Placed(table, {(row, column): coded_as(spec.item, row) for row, column in table.cells})
    elif isinstance(spec, CrossSpec) and is_by_item(spec):
        found = crossed_by_item(spec, table, plan=made.plan, counting=made.counting, frame=made.frame)
        yield _with_notes(spec, Placed(*found), made)
    elif isinstance(spec, CrossSpec) and is_by_frame(spec):
        by = next(each for each in made.plan.breakdowns if each.stratum == spec.by)
        placed = _breakdown(spec, table, by, made)
        columns = (*placed.table.columns[:-1], Column(TOTAL_ID, TOTAL_LABEL, measures=("count",)))
        laid_out = replace(placed.table, id=table.id, title=table.title, columns=columns, kind="cross")
        yield replace(placed, table=laid_out)
    else:
        yield from _with_breakdowns(spec, table, made)


def _with_breakdowns(spec: TableSpec, table: Table, made: _Made) -> Iterator[Placed]:
    own = Placed(table, dict(_names_of_returns(spec)) if isinstance(spec, ResponseRateSpec) else {})
    if has_companion(spec, plan=made.plan) and companion_id(spec.id) not in made.decisions.left_out:
        own = replace(own, table=pointing(table))
        shown, boards = own.protected(made.decisions), boards_in(None, frame=made.frame) or 0
        yield from (own, Placed(companion(replace(shown, notes=table.notes), boards=boards), {}))
    else:
        yield own
    for each in breakdowns_of(spec, plan=made.plan):
        has_groups = any(group.stratum == each.stratum for group in made.decisions.groups)
        if has_groups and breakdown_id(spec, each.stratum) not in made.decisions.left_out:
            yield _breakdown(spec, table, each, made)


def _with_notes(spec: TableSpec, placed: Placed, made: _Made) -> Placed:
    questions, cells = questions_of(spec, plan=made.plan), placed.table.cells
    notes = notes_of(spec, questions, cells, names=placed.names, hidden=made.decisions.hidden)
    return replace(placed, table=replace(placed.table, notes=notes))


def _names_of_returns(spec: ResponseRateSpec) -> Iterator[tuple[Place, str]]:
    rows = [*(row.id for row in spec.rows), NOT_SPECIFIED_ID]
    levels = levels_of(spec.stratum, [row.value for row in spec.rows])
    for row, level in zip(rows, levels, strict=True):
        yield from (((row, column), returns_at(level.name)) for column in RETURNS_COLUMNS)


def _breakdown(spec: TableSpec, table: Table, by: BreakdownSpec, made: _Made) -> Placed:
    """One panel for each item, one row for each group with all boards below, one column for each answer."""
    questions, lines = questions_of(spec, plan=made.plan), tuple(_lines(spec, by, made))
    cells: dict[Place, Cell] = {}
    names: dict[Place, str] = {}
    for question in questions:
        for line in lines:
            row = row_of(spec, question, line.id)
            base = base_of(question, counting=made.counting, boards=line.boards)
            known = None if question.unasked and base < made.counting.returns(line.boards) else line.population
            cells[row, TOTAL_ID] = share(base, base=base)
            for part in question.parts:
                count = made.counting.count(part.answer, line.boards)
                cells[row, part.id] = figure(count, base=base, population=known)
                if line.id != TOTAL_ID:
                    names[row, part.id] = part.answer.at(line.boards.name)
    placed = Table(
        id=breakdown_id(spec, by.stratum),
        number=table.number,
        title=f"{table.title}, by {by.label}",
        stub_label=by.label.capitalize(),
        rows=tuple(_rows(spec, questions, lines)),
        columns=(
            *(Column(part.id, part.label, apart=part.apart) for part in questions[0].parts),
            Column(TOTAL_ID, TOTAL_LABEL),
        ),
        cells=cells,
        base_note=f"{_base_words(questions, made.counting)} Each row is on the returns of its group.",
        notes=(),
        source=table.source,
        kind="statements",
        overlaps=questions[0].unasked is not None,
        evenness=table.evenness,
    )
    return _with_notes(spec, Placed(placed, names), made)


def _lines(spec: TableSpec, by: BreakdownSpec, made: _Made) -> Iterator[_Line]:
    levels = spec.rows if isinstance(spec, CrossSpec) else made.plan.levels(by.stratum)
    for group in (each for each in made.decisions.groups if each.stratum == by.stratum):
        population = boards_in(group, frame=made.frame)
        yield _Line(group_id(group, levels=levels), group.label, made.counting.boards(group), population)
    yield _Line(TOTAL_ID, EVERYONE, made.counting.everyone, boards_in(None, frame=made.frame))


def _base_words(questions: Sequence[Question], counting: Counting) -> str:
    """What the rows are on, whatever base the plan names: all returns, or those that were asked. Decision 17."""
    bases = [base_of(each, counting=counting, boards=counting.everyone) for each in questions]
    few, many = min(bases), max(bases)
    number = f"N = {few:,}" if few == many else f"N = {few:,} to {many:,}, by item"
    return f"{'All returns' if few == counting.cube.total else ASKED} ({number})."


def _rows(spec: TableSpec, questions: Sequence[Question], lines: Sequence[_Line]) -> Iterator[Row]:
    for question in questions:
        panel = ": ".join(word for word in (question.panel, question.label) if word)
        for line in lines:
            yield Row(row_of(spec, question, line.id), line.label, panel=panel, total=line.id == TOTAL_ID)
