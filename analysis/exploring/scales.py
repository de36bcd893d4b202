"""How a scale is told and drawn: the collapse that the plan has for it, else both ends, and which chart suits it."""

from collections.abc import Iterator, Sequence

from analysis.core.plan import Plan
from analysis.core.plan_document import ChartKind, CrossSpec, FrequencySpec, Rating, RatingsSpec, Spec, StatementsSpec
from analysis.core.shape import is_ordered, positions_of
from survey.schema.document import Item, Option, Questionnaire, Scale

FEWEST = 4  # positions: a scale of three has nothing to collapse


def collapse_of(item: Item, *, questionnaire: Questionnaire, plan: Plan | None) -> tuple[Rating, ...]:
    """The collapse of the item's scale: that of the plan, else its two highest and two lowest; none for no scale."""
    if item.kind != "closed" or item.scale is None or not is_ordered(item.scale, questionnaire):
        return ()
    planned = next(_planned(item.scale, plan), ()) if plan else ()
    return planned or _both_ends(item.scale)


def chart_of(item: Item, *, questionnaire: Questionnaire, plan: Plan | None) -> ChartKind:
    """Bars on both sides of nought for a scale with two sides, in a row for one that the plan stacks, else dots."""
    if item.kind != "closed" or item.scale is None or not is_ordered(item.scale, questionnaire):
        return "dots"
    drawn = {spec.chart for spec, code in _tabulated(plan) if _same(questionnaire.items[code].scale, item.scale)}
    return "stacked" if "stacked" in drawn else "diverging"


def _both_ends(scale: Scale) -> tuple[Rating, ...]:
    """Neither side takes what lies between them."""
    positions = positions_of(scale)
    if len(positions) < FEWEST:
        return ()
    parts = [positions[:2], *([each] for each in positions[2:-2]), positions[-2:]]
    parts += [[option] for option in scale.options if option.kind == "dont_know"]
    return tuple(map(_together, parts))


def _together(options: Sequence[Option]) -> Rating:
    label = " or ".join([options[0].label, *(option.label.lower() for option in options[1:])])
    return Rating(id="_or_".join(each.code for each in options), label=label, options=tuple(o.code for o in options))


def _planned(scale: Scale, plan: Plan) -> Iterator[tuple[Rating, ...]]:
    questions = {question.code: question for question in plan.questionnaire.questions}
    for spec in plan.every_spec:
        if isinstance(spec, RatingsSpec):
            items = [item for panel in spec.panels for item in questions[panel.question].items]
            if any(_same(item.scale, scale) for item in items):
                yield spec.rows
        elif isinstance(spec, CrossSpec) and spec.collapse:
            code = spec.item or questions[spec.question].items[0].code
            if _same(plan.questionnaire.items[code].scale, scale):
                yield spec.collapse


def _tabulated(plan: Plan | None) -> Iterator[tuple[Spec, str]]:
    """Each table of the plan with each item on whose scale it stands."""
    for spec in plan.every_spec if plan else ():
        if isinstance(spec, StatementsSpec):
            yield from ((spec, row.item) for row in spec.rows)
        elif isinstance(spec, FrequencySpec):
            yield spec, spec.item


def _same(first: Scale | None, second: Scale) -> bool:
    return first is not None and [one.code for one in first.options] == [one.code for one in second.options]
