"""Decides over all tables of a release, and the releases before it, what may leave.

Items are decided one by one: nothing unknown links two of them (see `answers`), so this is the same as all at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.core.cube import STRATA, Cube
from analysis.core.disclosure import SMALLEST_BASE, SMALLEST_NATIONAL_BASE
from analysis.core.plan import Plan
from analysis.core.plan_document import BreakdownSpec, CrossSpec, ResponseRateSpec, Spec
from analysis.core.release.answers import base_of, link_answers
from analysis.core.release.counting import Counting
from analysis.core.release.earlier import Earlier, differences
from analysis.core.release.groups import EVERYONE, Group, Levels, groups_of
from analysis.core.release.linked import HIDDEN_BEFORE, Linked
from analysis.core.release.participation import Frame, levels_of, link_returns, returns_at
from analysis.core.release.questions import Question, questions_of, together
from analysis.core.release.settling import Outcome, audited, chosen, settled, without
from analysis.core.shape import NOT_SPECIFIED_ID
from analysis.core.suppression import Range

BY_DECISION = "left out by decision"
CROSSED = "a cross-table is taken away by itself, protected; here an item leaves with the breakdowns of its table"


@dataclass(frozen=True)
class Choices:
    """What a person decided: the smallest base, and tables or breakdowns that are not released."""

    smallest: int = SMALLEST_BASE
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decisions:
    """What a release shows and hides; `hidden`, `ranges` and `weak` are by name of the count.

    `ranges` say what an intruder could deduce of each count that needs protection, `weak` which of them lack it,
    `refusals` why the release cannot stand beside earlier ones or at all.
    """

    smallest: int
    groups: tuple[Group, ...]
    tables: tuple[str, ...]
    left_out: Mapping[str, str]
    bases: Mapping[str, int]
    hidden: Mapping[str, str]
    ranges: Mapping[str, Range]
    weak: tuple[str, ...]
    refusals: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        """Whether it may be released."""
        return not self.weak and not self.refusals


def decide(
    cube: Cube,
    *,
    plan: Plan,
    frame: Frame,
    extract: str,
    choices: Choices,
    earlier: Sequence[Earlier] = (),
) -> Decisions:
    """Return what may leave of a plan's tables. It is always whole: where something is not safe, it says so.

    `extract` is the digest of the data the cube was counted from.
    """
    case = Case(Counting(cube), plan, frame, extract, choices, tuple(earlier))
    outcomes = [case.of_returns, *case.of_answers]
    return Decisions(
        smallest=choices.smallest,
        groups=case.groups,
        tables=tuple(spec.id for spec in case.specs),
        left_out=case.left_out,
        bases=case.bases,
        hidden={name: rule for one in outcomes for name, rule in one.hidden.items()},
        ranges={name: found for one in outcomes for name, found in one.ranges.items()},
        weak=tuple(name for one in outcomes for name in one.weak),
        refusals=(*_too_few(cube), *dict.fromkeys(differences(case.groups, bases=case.bases, earlier=earlier))),
    )


def breakdown_id(spec: Spec, stratum: str) -> str:
    """Return the id of a table's breakdown."""
    return f"{spec.id}-by-{stratum.replace('_', '-')}"


@dataclass(frozen=True, eq=False)
class Case:
    """Everything that is decided from, and each part of the decision."""

    counting: Counting
    plan: Plan
    frame: Frame
    extract: str
    choices: Choices
    earlier: tuple[Earlier, ...]

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
        """The returns of everybody and of each group."""
        counted = {each.name: self.counting.returns(self.counting.boards(each)) for each in self.groups}
        return {EVERYONE: self.counting.cube.total} | counted

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Tables and breakdowns that are not released, each with the reason."""
        found: dict[str, str] = {}
        for spec in self._tabulated:
            found |= self._left_out_of(spec)
        return found

    @property
    def specs(self) -> tuple[Spec, ...]:
        """The tables that are released."""
        return tuple(spec for spec in self._tabulated if spec.id not in self.left_out)

    @property
    def of_returns(self) -> Outcome:
        """What is decided on the counts of returns."""
        levels = [level for spec in self.specs if isinstance(spec, ResponseRateSpec) for level in self._levels(spec)]
        groups = list(dict.fromkeys((*self.groups, *(group for each in self._same for group in each.groups))))
        linked = link_returns(
            self.counting, frame=self.frame, levels=levels, groups=groups, smallest=self.choices.smallest
        )
        shown_before = {
            returns_at(level.name)
            for spec in self._tabulated
            if isinstance(spec, ResponseRateSpec) and any(each.shows(spec.id) for each in self._same)
            for level in self._levels(spec)
        }
        linked = without(linked, known=shown_before - self._hidden_before)
        return audited(linked, hidden=chosen(linked, hidden_before=self._hidden_before))

    @property
    def of_answers(self) -> Iterator[Outcome]:
        """What is decided on each item, by the breakdowns that any of its tables has or had."""
        specs = [(spec, question) for spec in self._tabulated for question in questions_of(spec, plan=self.plan)]
        for questions in together(question for _, question in specs):
            its = [spec for spec, question in specs if question in questions]
            now = [group for group in self.groups if any(self._is_shown(spec, group) for spec in its)]
            before = [
                group
                for each in self._same
                for group in each.groups
                if any(each.shows(spec.id) and each.shows(breakdown_id(spec, group.stratum)) for spec in its)
            ]
            if now:
                yield self._of_item(questions, now=now, before=before)

    def _of_item(self, questions: Sequence[Question], *, now: Sequence[Group], before: Sequence[Group]) -> Outcome:
        """Each breakdown by itself is quick to decide and mostly enough; what it lacks is decided over all of them."""
        known = {
            part.answer.at(group.name) for question in questions for part in question.parts for group in before
        } - self._hidden_before
        first: dict[str, str] = {}
        for stratum in dict.fromkeys(group.stratum for group in now):
            linked = self._linked(questions, [group for group in now if group.stratum == stratum])
            first |= chosen(without(linked, known=known), hidden_before=self._hidden_before)
        linked = without(self._linked(questions, [*now, *before]), known=known)
        kept = {name: first.get(name, HIDDEN_BEFORE) for name in linked.shown & self._hidden_before}
        return settled(linked, hidden_before=self._hidden_before, first=first | kept)

    def _linked(self, questions: Sequence[Question], groups: Sequence[Group]) -> Linked:
        boards = [self.counting.boards(group) for group in dict.fromkeys(groups)]
        return link_answers(questions, counting=self.counting, groups=boards, smallest=self.choices.smallest)

    def _is_shown(self, spec: Spec, group: Group) -> bool:
        return spec.id not in self.left_out and breakdown_id(spec, group.stratum) not in self.left_out

    def _levels(self, spec: ResponseRateSpec) -> Iterator[Group]:
        unnamed = self.counting.cube.sizes(spec.stratum).get("")
        every = levels_of(spec.stratum, [row.value for row in spec.rows])
        return (level for level in every if unnamed or level.levels != ("",))

    def _left_out_of(self, spec: Spec) -> Iterator[tuple[str, str]]:
        questions = questions_of(spec, plan=self.plan)
        everyone = self.counting.everyone
        bases = [base_of(each, counting=self.counting, boards=everyone) for each in questions]
        base = min(bases, default=self.counting.cube.total)
        if isinstance(spec, CrossSpec):
            yield spec.id, CROSSED
        elif spec.id in self.choices.left_out:
            yield spec.id, BY_DECISION
        elif base < SMALLEST_NATIONAL_BASE:
            yield spec.id, f"its base is {base:,}, and national tables need {SMALLEST_NATIONAL_BASE}"
        for each in self.plan.breakdowns if questions else ():
            if breakdown_id(spec, each.stratum) in self.choices.left_out:
                yield breakdown_id(spec, each.stratum), BY_DECISION
            elif not any(group.stratum == each.stratum for group in self.groups):
                yield breakdown_id(spec, each.stratum), self._in_one_group(each)

    def _in_one_group(self, spec: BreakdownSpec) -> str:
        return f"fewer than two groups by {spec.label} have {self.choices.smallest} returns"

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


def _too_few(cube: Cube) -> Iterator[str]:
    if cube.total < SMALLEST_NATIONAL_BASE:
        made = "No return counts" if not cube.total else f"{cube.total:,} return{'s' * (cube.total > 1)} only"
        yield f"{made}: national tables may be released from {SMALLEST_NATIONAL_BASE} returns on. Wait for more."
