"""How every number of a release follows from the records: for each place of each table, which records are counted.

A condition is a column, whether it must hold one of some codes or none of them, and the codes; a count is of the
records that meet all of its conditions. Written from the plan and from nothing that was counted, so that whoever
follows it counts anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.core.cross import IN_BASE
from analysis.core.cross_counts import FRAME, NOT_ANSWERED_ID, NOT_ASKED_ID
from analysis.core.deposit.columns import DataColumn, group_column
from analysis.core.marks import choices_of, mark_of
from analysis.core.plan import Plan
from analysis.core.plan_document import CodedSpec, CrossSpec, RatingsSpec, ResponseRateSpec, TableSpec
from analysis.core.release.decisions import breakdown_id, is_by_frame, is_by_item
from analysis.core.release.groups import Group
from analysis.core.release.lines import group_id, row_of
from analysis.core.release.questions import Answer, Question, question_of, questions_of
from analysis.core.shape import TOTAL_ID, Place
from analysis.core.table import Table
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item

Condition = tuple[str, str, tuple[int, ...]]
IN: Final = "in"
NOT_IN: Final = "not in"


@dataclass(frozen=True)
class Counted:
    """Which records a figure counts, and on which its base and percentage stand; without `base` it has no base."""

    count: tuple[Condition, ...]
    base: tuple[Condition, ...] | None = ()


Places = dict[Place, Counted]


@dataclass(frozen=True)
class Recipe:
    """What is counted for each table that follows from the records, and what every other table is made of instead."""

    counted: Mapping[str, Places]
    by_level: Mapping[str, str]  # response tables, with the stratum of each
    by_code: tuple[str, ...]  # tables of codes of what was written
    by_board: tuple[str, ...]  # tables of what became of each board
    others: Mapping[str, tuple[str, ...]]  # the columns of other surveys, known by their publications alone

    def document(self) -> dict[str, Any]:
        """Return it in plain values: `tables` by id, a list of row, column, conditions of the count and of the base."""
        return {
            "tables": {
                table: [[row, column, each.count, each.base] for (row, column), each in places.items()]
                for table, places in self.counted.items()
            },
            "levels": dict(self.by_level),
            "codes": list(self.by_code),
            "outcomes": list(self.by_board),
            "others": {table: list(columns) for table, columns in self.others.items()},
        }


def recipe_of(tables: Iterable[Table], *, plan: Plan, groups: Sequence[Group], columns: Sequence[DataColumn]) -> Recipe:
    """Return how the tables of a release are counted from records with these columns."""
    names = {column.code: column.name for column in columns}
    specs = {spec.id: spec for spec in plan.every_table}
    breakdowns = {breakdown_id(spec, stratum): (spec, stratum) for spec in plan.every_table for stratum in FRAME}
    counted: dict[str, Places] = {}
    levels: dict[str, str] = {}
    others: dict[str, tuple[str, ...]] = {}
    codes = []
    every = tuple(tables)
    for table in (each for each in every if each.kind != "outcomes"):
        spec, stratum = breakdowns.get(table.id) or (specs[table.companion_of or table.id], "")
        if isinstance(spec, ResponseRateSpec):
            levels[table.id] = spec.stratum
        elif isinstance(spec, CodedSpec):
            codes.append(table.id)
        else:
            counted[table.id] = _Writer(plan, tuple(groups), names).places(spec, table, stratum=stratum)
            ours = {column for _, column in counted[table.id]}
            others[table.id] = tuple(column.id for column in table.columns if column.id not in ours)
    by_board = tuple(table.id for table in every if table.kind == "outcomes")
    kept = {table: columns for table, columns in others.items() if columns}
    return Recipe(counted, levels, tuple(codes), by_board, kept)


@dataclass(frozen=True)
class _Writer:
    """Writes what is counted in the places of one table."""

    plan: Plan
    groups: tuple[Group, ...]
    names: Mapping[str, str]

    def places(self, spec: TableSpec, table: Table, *, stratum: str) -> Places:
        questions = questions_of(spec, plan=self.plan)
        if table.companion_of:
            return dict(self._of_companion(spec, questions, table))
        if isinstance(spec, CrossSpec) and is_by_item(spec):
            return dict(self._by_item(spec, questions))
        if by := spec.by if isinstance(spec, CrossSpec) and is_by_frame(spec) else stratum:
            return dict(self._by_group(spec, questions, by))
        if isinstance(spec, CrossSpec):
            return dict(self._alone(spec, questions))
        if isinstance(spec, RatingsSpec):
            return dict(self._ratings(spec, questions))
        if table.kind == "statements":
            return dict(self._statements(questions))
        return dict(self._frequency(questions[0], table))

    def _frequency(self, question: Question, table: Table) -> Iterator[tuple[Place, Counted]]:
        base = self._asked(question)
        for row, met in (*self._parts(question), (TOTAL_ID, base)):
            for column in ("frequency", "percentage"):
                yield (row, column), Counted(met, base)

    def _statements(self, questions: Sequence[Question]) -> Iterator[tuple[Place, Counted]]:
        for question in questions:
            for column, met in (*self._parts(question), (TOTAL_ID, ())):
                yield (question.id, column), Counted(met)

    def _ratings(self, spec: RatingsSpec, questions: Sequence[Question]) -> Iterator[tuple[Place, Counted]]:
        """A question is a panel and an agency; the rating stands in the row, the agency in the column."""
        for question in questions:
            panel, _, agency = question.id.partition(".")
            for rating, met in self._parts(question):
                yield (f"{panel}.{rating}", f"{agency}.{spec.survey.id}"), Counted(met)

    def _of_companion(
        self, spec: TableSpec, questions: Sequence[Question], table: Table
    ) -> Iterator[tuple[Place, Counted]]:
        """What stands outside the base is counted, and has none; where the table is one of ratings see `_ratings`."""
        for question in questions:
            base = self._gave(question.answered) if question.answered else ()
            panel, _, agency = question.id.partition(".")
            for part, met in (*self._parts(question), (TOTAL_ID, base)):
                outside = part in {each.id for each in question.parts if each.apart}
                counted = Counted(met, None if outside else base)
                if isinstance(spec, RatingsSpec):
                    yield (f"{panel}.{part}", f"{agency}.{spec.survey.id}"), counted
                elif table.kind == "statements":
                    yield (question.id, part), counted
                else:
                    yield from (((part, column), counted) for column in ("frequency", "percentage"))

    def _by_group(
        self, spec: TableSpec, questions: Sequence[Question], stratum: str
    ) -> Iterator[tuple[Place, Counted]]:
        own = [group for group in self.groups if group.stratum == stratum]
        levels = spec.rows if isinstance(spec, CrossSpec) else self.plan.levels(stratum)
        lines = [
            (group_id(group, levels=levels), ((group_column(stratum), IN, (place,)),))
            for place, group in enumerate(own, 1)
        ]
        for question in questions:
            for row, among in (*lines, (TOTAL_ID, ())):
                base = (*among, *self._asked(question))
                for column, met in (*self._parts(question), (TOTAL_ID, self._asked(question))):
                    yield (row_of(spec, question, row), column), Counted((*among, *met), base)

    def _by_item(self, spec: CrossSpec, questions: Sequence[Question]) -> Iterator[tuple[Place, Counted]]:
        """Each row is on all records that gave its answer, whether or not they were asked the other item."""
        lines = [(part.id, self._gave(part.answer)) for part in question_of(spec.by, plan=self.plan).parts]
        for question in questions:
            for row, among in (*lines, (TOTAL_ID, ())):
                for column, met in (*self._parts(question), (TOTAL_ID, ())):
                    yield (row_of(spec, question, row), column), Counted((*among, *met), among)

    def _alone(self, spec: CrossSpec, questions: Sequence[Question]) -> Iterator[tuple[Place, Counted]]:
        """One row for each item; what stands outside the base is counted, and has none."""
        for question in questions:
            item = self.plan.questionnaire.items[question.item]
            row = item.code if len(questions) > 1 else TOTAL_ID
            base, within = self._base(spec, item), IN_BASE[spec.base]
            missing = [(NOT_ANSWERED_ID, self._blank(item)), (NOT_ASKED_ID, self._holds(item, NOT_ASKED))]
            parts = [(part.id, self._gave(part.answer), part.apart) for part in question.parts[:-1]]
            for column, met, apart in parts:
                yield (row, column), Counted(met, None if apart and "dont_know" not in within else base)
            for column, met in missing if item.shown_when else missing[:1]:
                yield (row, column), Counted(met, base if column in within else None)
            yield (row, TOTAL_ID), Counted(base, base)

    def _base(self, spec: CrossSpec, item: Item) -> tuple[Condition, ...]:
        unasked = (NOT_ASKED,) if item.shown_when else ()
        if spec.base == "returned" or (spec.base == "asked" and not unasked):
            return ()
        if spec.base == "asked":
            return ((self._tells(item), NOT_IN, unasked),)
        return ((self._tells(item), NOT_IN, tuple(sorted({NOT_ANSWERED, REFUSED, NOT_ASKED, DONT_KNOW}))),)

    def _blank(self, item: Item) -> tuple[Condition, ...]:
        never = () if item.shown_when else (NOT_ASKED,)
        return self._holds(item, *sorted((NOT_ANSWERED, REFUSED, *never)))

    def _holds(self, item: Item, *codes: int) -> tuple[Condition, ...]:
        return ((self._tells(item), IN, codes),)

    def _tells(self, item: Item) -> str:
        """The column that tells who was asked and answered: for a multiple choice that of its first option."""
        return self.names[mark_of(item, choices_of(item)[0]) if item.kind == "multiple" else item.code]

    def _parts(self, question: Question) -> list[tuple[str, tuple[Condition, ...]]]:
        return [(part.id, self._gave(part.answer)) for part in question.parts]

    def _gave(self, answer: Answer) -> tuple[Condition, ...]:
        return ((self.names[answer.item], IN, answer.codes),)

    def _asked(self, question: Question) -> tuple[Condition, ...]:
        unasked = question.unasked
        return () if unasked is None else ((self.names[unasked.item], NOT_IN, unasked.codes),)
