"""Everything that a release is decided from, and each part of the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.core.coded import Coded
from analysis.core.cube import STRATA
from analysis.core.plan import Plan
from analysis.core.plan_document import ResponseRateSpec, Spec
from analysis.core.release import codes
from analysis.core.release.answers import link_answers
from analysis.core.release.counting import Counting
from analysis.core.release.crossed import crossings_of, link_crossing
from analysis.core.release.decisions import Choices, is_by_item
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE, Group, Levels, groups_of
from analysis.core.release.leaving_out import LeavingOut
from analysis.core.release.linked import HIDDEN_BEFORE, Linked
from analysis.core.release.participation import Frame, levels_of, link_returns, returns_at
from analysis.core.release.questions import Question, questions_of, together
from analysis.core.release.settling import Outcome, audited, chosen, settled, without
from analysis.core.release.shown import Shown, is_shown, showed
from analysis.core.shape import NOT_SPECIFIED_ID


@dataclass(frozen=True)
class _Item:
    """One item in all its tables, with the groups it is shown by now and those it was released by before."""

    questions: tuple[Question, ...]
    now: tuple[Group, ...]
    before: tuple[Group, ...]

    @property
    def every(self) -> tuple[Group, ...]:
        return tuple(dict.fromkeys((*self.now, *self.before)))

    @property
    def shown_before(self) -> frozenset[str]:
        parts = [part for question in self.questions for part in question.parts]
        return frozenset(part.answer.at(group.name) for part in parts for group in self.before)


@dataclass(frozen=True, eq=False)
class Case:
    """Everything that is decided from, and each part of the decision."""

    counting: Counting
    plan: Plan
    frame: Frame
    extract: str
    choices: Choices
    earlier: tuple[Earlier, ...]
    every_coded: tuple[Coded, ...] = ()

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of all breakdowns."""
        sizes, smallest = self.counting.cube.sizes, self.choices.smallest
        return tuple(
            group
            for each in self.plan.breakdowns
            for group in groups_of(
                each,
                levels=Levels(self.frame.eligible(STRATA.index(each.stratum)), sizes(each.stratum), smallest),
            )
        )

    @cached_property
    def bases(self) -> dict[str, int]:
        """The returns of everybody and of each group, and how many wrote where codes are released."""
        counted = {each.name: self.counting.returns(self.counting.boards(each)) for each in self.groups}
        wrote = {codes.wrote_at(each.spec.item): each.bases.answered for each in self.coded}
        return {EVERYONE: self.counting.cube.total} | counted | wrote

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Tables and breakdowns that are not released, each with the reason."""
        leaving = LeavingOut(self.counting, self.plan, self.frame, self.choices, self.groups)
        found = dict(leaving.every(self._tabulated, self.every_coded))
        return found | self._shown.in_rings(found)

    @property
    def specs(self) -> tuple[Spec, ...]:
        """The tables that are released."""
        return tuple(spec for spec in self._tabulated if spec.id not in self.left_out)

    @property
    def coded(self) -> tuple[Coded, ...]:
        """The tables of codes that are released."""
        return tuple(each for each in self.every_coded if each.spec.id not in self.left_out)

    @property
    def tables(self) -> tuple[str, ...]:
        """The ids of all tables that are released."""
        return (*(spec.id for spec in self.specs), *(each.spec.id for each in self.coded))

    @property
    def of_codes(self) -> Outcome:
        """Which codes are told in no number."""
        hidden: dict[str, str] = {}
        for each in self.coded:
            hidden |= codes.hidden_codes(each, before=self._hidden_before)
        return Outcome(hidden, {}, ())

    @property
    def of_crossings(self) -> Iterator[Outcome]:
        """What is decided on each two items that cross-tables tell together."""
        for linked in self._linked_crossings:
            yield audited(linked, hidden=chosen(linked, hidden_before=self._hidden_before))

    @property
    def of_returns(self) -> Outcome:
        """What is decided on the counts of returns."""
        linked = self.linked_returns()
        return audited(linked, hidden=chosen(linked, hidden_before=self._hidden_before))

    @property
    def of_answers(self) -> Iterator[Outcome]:
        """What is decided on each item, by the breakdowns that any of its tables has or had.

        Each breakdown by itself is quick to decide and mostly enough; what it lacks is decided over all of them.
        """
        for item in self._items:
            first: dict[str, str] = {}
            for stratum in dict.fromkeys(group.stratum for group in item.now):
                linked = self._linked(item, [group for group in item.now if group.stratum == stratum])
                first |= chosen(linked, hidden_before=self._hidden_before)
            linked = self._linked(item, item.every)
            kept = {name: first.get(name, HIDDEN_BEFORE) for name in linked.shown & self._hidden_before}
            yield settled(linked, hidden_before=self._hidden_before, first=first | kept)

    def weak(self, hidden: Mapping[str, str]) -> Iterator[str]:
        """Yield every count that must be protected and is not, if these are hidden: the audit without any choice."""
        items = (self._linked(item, item.every) for item in self._items)
        for linked in (self.linked_returns(), *items, *self._linked_crossings):
            yield from audited(
                linked, hidden={name: rule for name, rule in hidden.items() if name in linked.shown}
            ).weak

    @property
    def _linked_crossings(self) -> Iterator[Linked]:
        shown_before = {spec.id for spec in self._tabulated for each in self._same if each.shows(spec.id)}
        for crossing in crossings_of(self.specs, plan=self.plan):
            linked = link_crossing(crossing, counting=self.counting, smallest=self.choices.smallest)
            known = linked.shown if shown_before.intersection(crossing.tables) else frozenset()
            yield without(linked, known=known - self._hidden_before)

    def linked_returns(self, *, told: Iterable[Group] = ()) -> Linked:
        """How many boards of each level and group answered; copies may have told it of groups of their own."""
        levels = [level for spec in self.specs if isinstance(spec, ResponseRateSpec) for level in self._levels(spec)]
        groups = list(dict.fromkeys((*self.groups, *(group for each in self._same for group in each.groups))))
        linked = link_returns(
            self.counting, frame=self.frame, levels=(*levels, *told), groups=groups, smallest=self.choices.smallest
        )
        shown_before = {
            returns_at(level.name)
            for spec in self._tabulated
            if isinstance(spec, ResponseRateSpec) and any(each.shows(spec.id) for each in self._same)
            for level in self._levels(spec)
        }
        return without(linked, known=shown_before - self._hidden_before)

    @property
    def _items(self) -> Iterator[_Item]:
        its_own = [spec for spec in self._tabulated if not is_by_item(spec)]
        specs = [(spec, question) for spec in its_own for question in questions_of(spec, plan=self.plan)]
        for questions in together(question for _, question in specs):
            its = [spec for spec, question in specs if question in questions]
            now = [group for group in self.groups if any(self._is_shown(spec, group) for spec in its)]
            before = [
                group for each in self._same for group in each.groups if any(showed(each, spec, group) for spec in its)
            ]
            if now:
                yield _Item(questions, tuple(now), tuple(dict.fromkeys(before)))

    def _linked(self, item: _Item, groups: Sequence[Group]) -> Linked:
        boards = [self.counting.boards(group) for group in groups]
        linked = link_answers(item.questions, counting=self.counting, groups=boards, smallest=self.choices.smallest)
        return without(linked, known=item.shown_before - self._hidden_before)

    def _is_shown(self, spec: Spec, group: Group) -> bool:
        return is_shown(spec, group, out=self.left_out)

    def _levels(self, spec: ResponseRateSpec) -> Iterator[Group]:
        unnamed = self.counting.cube.sizes(spec.stratum).get("")
        every = levels_of(spec.stratum, [row.value for row in spec.rows])
        return (level for level in every if unnamed or level.levels != ("",))

    @cached_property
    def _shown(self) -> Shown:
        return Shown(self.plan, self._tabulated, self.groups, self._same)

    @property
    def rings_before(self) -> Iterator[str]:
        """Breakdowns that would tell of a cross-table that a release has shown, in a sentence each."""
        return self._shown.rings_before(self.left_out)

    @cached_property
    def _tabulated(self) -> tuple[Spec, ...]:
        """The tables of the plan; further ones once somebody has answered their question."""
        further = (spec for spec in self.plan.further if self._has_answers(spec))
        return (*self.plan.specs, *further)

    def _has_answers(self, spec: Spec) -> bool:
        parts = [part for question in questions_of(spec, plan=self.plan) for part in question.parts]
        told = (part.answer for part in parts if part.id != NOT_SPECIFIED_ID)
        return any(self.counting.count(answer, self.counting.everyone) for answer in told)

    @cached_property
    def _same(self) -> tuple[Earlier, ...]:
        """Earlier releases of the same data."""
        return tuple(each for each in self.earlier if each.extract == self.extract)

    @cached_property
    def _hidden_before(self) -> frozenset[str]:
        return frozenset(name for each in self.earlier for name in each.hidden)
