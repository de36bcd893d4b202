"""What a release tells of each item: how all boards answered, and how each group that it shows did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.core.nation.figures import WITHHELD, Figure, Place
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, FrequencySpec, MultipleSpec, RatingsSpec, Spec, StatementsSpec
from analysis.core.release.decisions import Decisions, breakdown_id, breakdowns_of
from analysis.core.release.groups import Group
from analysis.core.release.lines import group_id, row_of
from analysis.core.release.questions import Part, Question, questions_of
from analysis.core.shape import TOTAL_ID

ALL_BOARDS = "All boards"


@dataclass(frozen=True)
class Among:
    """How some boards answered one item: a figure for each part of the question, on one base."""

    who: str
    figures: tuple[Figure, ...]
    base: int
    group: Group | None = None  # all boards are no group

    def holds(self, strata: Mapping[str, str]) -> bool:
        """Whether a board of these strata is one of them."""
        return self.group is None or strata.get(self.group.stratum, "") in self.group.levels


@dataclass(frozen=True)
class Told:
    """One item as a release tells it: its answers, all boards, and the groups in the order of the plan."""

    item: str
    parts: tuple[Part, ...]
    overlaps: bool
    nation: Among
    groups: tuple[Among, ...]


def told_items(plan: Plan, *, decisions: Decisions, figures: Mapping[Place, Figure]) -> dict[str, Told]:
    """Return each item that the release tabulates; where several tables have it, that with most answers apart."""
    found: dict[str, Told] = {}
    for spec in plan.every_spec:
        if spec.id in decisions.tables and not isinstance(spec, CrossSpec):
            for question in questions_of(spec, plan=plan):
                known = found.get(question.item)
                if known is None or len(known.parts) < len(question.parts):
                    found |= _told(spec, question, plan, decisions, figures)
    return found


def _told(
    spec: Spec, question: Question, plan: Plan, decisions: Decisions, figures: Mapping[Place, Figure]
) -> dict[str, Told]:
    """Nothing where the plan has come to know an answer since that the release has no figure of."""
    counted = tuple(figures.get(_place(spec, question, part), WITHHELD) for part in question.parts)
    if any(figure.count is None for figure in counted):
        return {}
    told = Told(
        item=question.item,
        parts=question.parts,
        overlaps=question.unasked is not None,
        nation=Among(ALL_BOARDS, counted, max(figure.base or 0 for figure in counted)),
        groups=tuple(_groups(spec, question, plan, decisions, figures)),
    )
    return {question.item: told}


def _groups(
    spec: Spec, question: Question, plan: Plan, decisions: Decisions, figures: Mapping[Place, Figure]
) -> Iterator[Among]:
    for each in breakdowns_of(spec, plan=plan):
        table = breakdown_id(spec, each.stratum)
        groups = (group for group in decisions.groups if group.stratum == each.stratum)
        for group in groups:
            row = row_of(spec, question, group_id(group, levels=plan.levels(each.stratum)))
            base = figures.get((table, row, TOTAL_ID), WITHHELD).count
            if base:
                counted = tuple(figures.get((table, row, part.id), WITHHELD) for part in question.parts)
                yield Among(group.label, counted, base, group)


def _place(spec: Spec, question: Question, part: Part) -> Place:
    """Where the national table has the count of an answer."""
    match spec:
        case FrequencySpec() | MultipleSpec():
            return spec.id, part.id, "frequency"
        case StatementsSpec():
            return spec.id, question.id, part.id
        case RatingsSpec():
            panel, _, agency = question.id.partition(".")
            return spec.id, f"{panel}.{part.id}", f"{agency}.{spec.survey.id}"
    raise TypeError(f"{spec.id} counts no answers to an item.")
