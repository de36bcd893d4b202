"""Which tables and breakdowns are not released, and why: nobody wants them, or too few boards are on them.

Bases are returns. Rule M46; nothing is computed but counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.core.coded import Coded
from analysis.core.companions import companion_id
from analysis.core.cross_counts import items_of, tallies
from analysis.core.disclosure import SMALLEST_NATIONAL_BASE
from analysis.core.outcomes import OUTCOMES
from analysis.core.plan import Plan
from analysis.core.plan_document import BreakdownSpec, CrossSpec, Spec
from analysis.core.release import codes
from analysis.core.release.answers import base_of
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import BY_DECISION, Choices, breakdown_id, breakdowns_of, is_by_frame
from analysis.core.release.groups import Group
from analysis.core.release.participation import Frame
from analysis.core.release.questions import questions_of


@dataclass(frozen=True, eq=False)
class LeavingOut:
    """What it is decided from; `groups` are those of all breakdowns that are large enough."""

    counting: Counting
    plan: Plan
    frame: Frame
    choices: Choices
    groups: tuple[Group, ...]

    def every(self, specs: Iterable[Spec], coded: Iterable[Coded]) -> Iterator[tuple[str, str]]:
        """Yield the id of each table or breakdown that is left out, with the reason."""
        for spec in specs:
            yield from self._left_out_of(spec)
        for each in coded:
            by_decision = BY_DECISION if each.spec.id in self.choices.left_out else ""
            if why := by_decision or codes.why_not(each, total=self.counting.cube.total):
                yield each.spec.id, why
        yield from self._outcomes_left_out()

    def _left_out_of(self, spec: Spec) -> Iterator[tuple[str, str]]:
        base = min(self._national_bases(spec), default=self.counting.cube.total)
        if spec.id in self.choices.left_out:
            yield spec.id, BY_DECISION
        elif base < SMALLEST_NATIONAL_BASE:
            yield spec.id, f"its base is {base:,}, and national tables need {SMALLEST_NATIONAL_BASE}"
        elif is_by_frame(spec) and isinstance(spec, CrossSpec) and not self._has_groups(spec.by):
            yield spec.id, f"the plan has no groups by {spec.by.replace('_', ' ')} of enough returns"
        yield from self._companion_left_out(spec)
        for each in breakdowns_of(spec, plan=self.plan):
            if breakdown_id(spec, each.stratum) in self.choices.left_out:
                yield breakdown_id(spec, each.stratum), BY_DECISION
            elif not self._has_groups(each.stratum):
                yield breakdown_id(spec, each.stratum), self._in_one_group(each)

    def _outcomes_left_out(self) -> Iterator[tuple[str, str]]:
        """What became of each board is told of all boards, never of a group."""
        boards, least = sum(self.frame.boards.values()), SMALLEST_NATIONAL_BASE
        if OUTCOMES in self.choices.left_out:
            yield OUTCOMES, BY_DECISION
        elif boards < least:
            yield OUTCOMES, f"its base is {boards:,}, and national tables need {least}"

    def _companion_left_out(self, spec: Spec) -> Iterator[tuple[str, str]]:
        """A companion is a national table of its own: each of its bases must be large enough."""
        answered = (each.answered for each in questions_of(spec, plan=self.plan))
        bases = [self.counting.count(each, self.counting.everyone) for each in answered if each is not None]
        id_, least = companion_id(spec.id), SMALLEST_NATIONAL_BASE
        if bases and id_ in self.choices.left_out:
            yield id_, BY_DECISION
        elif bases and min(bases) < least:
            yield id_, f"its smallest base is {min(bases):,}, and national tables need {least}"

    def _national_bases(self, spec: Spec) -> Iterator[int]:
        """How many boards each item of the table is on; a cross-table of all returns names its base itself."""
        if isinstance(spec, CrossSpec) and not spec.by:
            for item in items_of(spec, self.plan.questionnaire):
                yield tallies(self.counting.cube, item, spec=spec, levels=())[1].base(spec.base)
        for each in questions_of(spec, plan=self.plan):
            yield base_of(each, counting=self.counting, boards=self.counting.everyone)

    def _has_groups(self, stratum: str) -> bool:
        return any(group.stratum == stratum for group in self.groups)

    def _in_one_group(self, spec: BreakdownSpec) -> str:
        return f"fewer than two groups by {spec.label} have {self.choices.smallest} returns"
