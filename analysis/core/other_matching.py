"""Which item of a plan each question of another survey asks, by code or by wording, and whether on the same scale."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.core.beside import OurPlace
from analysis.core.other_columns import PublishedColumn
from analysis.core.plan import Plan
from analysis.core.plan_document import FrequencySpec, RatingsSpec, Spec, StatementsSpec
from analysis.core.ratings import agencies_of, options_of
from analysis.core.shape import scale_of
from survey.schema.document import Item

NO_POSITION = frozenset({"don't know", "do not know", "not specified", "not answered", "no answer", "refused"})
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as a table of the plan counts it: its id, its words, and whether it is a position on the scale."""

    id: str
    label: str
    is_apart: bool

    def is_called(self, words: str) -> bool:
        """Whether somebody else calls it by its id or its words."""
        return plain(words) in {plain(self.id), plain(self.label)}


@dataclass(frozen=True, slots=True)
class Target:
    """One item as a table of the plan shows it: its code, its names, its answers and the cell of each."""

    table: str
    number: int
    code: str
    wording: str
    names: frozenset[str]
    answers: tuple[Answer, ...]
    places: Mapping[str, OurPlace]


@dataclass(frozen=True, slots=True)
class Match:
    """One question of another survey with the items that it may stand beside, or the reason why it may not."""

    column: PublishedColumn
    targets: tuple[Target, ...]
    why_not: str = ""

    @property
    def places(self) -> dict[str, list[OurPlace]]:
        """The cells of the plan's tables that each of its answers stands beside."""
        return {line.option: list(self._places(line.option)) for line in self.column.lines}

    def _places(self, option: str) -> Iterator[OurPlace]:
        for target in self.targets:
            yield from (target.places[each.id] for each in target.answers if each.is_called(option))


def plain(words: str) -> str:
    """Return words without case, punctuation and double spaces, by which two wordings are the same."""
    kept = (sign if sign.isalnum() or sign in "'.-" else " " for sign in words.replace("’", "'").replace("_", " "))
    return " ".join("".join(kept).casefold().split()).strip(".")


def targets_of(plan: Plan) -> tuple[Target, ...]:
    """Return every item that a table of the plan shows on one scale; response tables and choices have none."""
    return tuple(target for spec in plan.every_spec for target in _targets(spec, plan))


def match(column: PublishedColumn, *, scale: Sequence[str], targets: Sequence[Target]) -> Match:
    """Return where the question belongs; with the reason where no item is meant, several are, or the scale differs.

    A question is known by its row, or by its table and row together: “Trust” and “Police”.
    """
    found = _named(f"{column.table} {column.row}", targets) or _named(column.row, targets)
    codes = sorted({target.code for target in found})
    if not found:
        return Match(column, (), _unknown(column, targets))
    if len(codes) > 1:
        why = (
            f"“{column.row}” may mean {', '.join(codes[:-1])} or {codes[-1]}. Write the item’s code in the column row."
        )
        return Match(column, (), why)
    fitting = tuple(target for target in found if _same_scale(scale, target))
    return Match(column, fitting, "" if fitting else _on_another_scale(scale, found[0]))


def _named(words: str, targets: Sequence[Target]) -> tuple[Target, ...]:
    return tuple(target for target in targets if plain(words) in target.names)


def _unknown(column: PublishedColumn, targets: Sequence[Target]) -> str:
    known = {name: target.code for target in targets for name in target.names}
    near = difflib.get_close_matches(plain(column.row), list(known), n=1, cutoff=NEAR)
    hint = f"Did you mean {known[near[0]]}?" if near else "Write the item’s code in the column row."
    return f"No table of the plan shows “{column.row}”. {hint}"


def _same_scale(scale: Sequence[str], target: Target) -> bool:
    """The positions must be the same in number, words and order; whether don't know was offered may differ."""
    theirs = [option for option in scale if plain(option) not in NO_POSITION]
    ours = [answer for answer in target.answers if not answer.is_apart]
    return len(theirs) == len(ours) and all(one.is_called(other) for one, other in zip(ours, theirs, strict=True))


def _on_another_scale(scale: Sequence[str], target: Target) -> str:
    ours = ", ".join(answer.label for answer in target.answers if not answer.is_apart)
    return (
        f"Table {target.number} shows {target.code} on the scale {ours}; the other survey asked on the scale "
        f"{', '.join(scale)}. Figures on different scales do not stand side by side."
    )


def _targets(spec: Spec, plan: Plan) -> Iterator[Target]:
    match spec:
        case StatementsSpec():
            for row in spec.rows:
                item = plan.questionnaire.items[row.item]
                places = {option.code: (spec.id, row.id, option.code) for option in scale_of(item).options}
                yield _target(spec, item, names=(row.id, row.label), answers=_answers(item), places=places)
        case FrequencySpec():
            item = plan.questionnaire.items[spec.item]
            places = {option.code: (spec.id, option.code, "frequency") for option in scale_of(item).options}
            wording = plan.questionnaire.question(item.question_code).wording
            yield _target(spec, item, names=(wording,), answers=_answers(item), places=places)
        case RatingsSpec():
            yield from _rated(spec, plan)


def _rated(spec: RatingsSpec, plan: Plan) -> Iterator[Target]:
    for panel in spec.panels:
        question = plan.questionnaire.question(panel.question)
        for agency, item in agencies_of(question).items():
            answers = tuple(
                Answer(each.id, each.label, all(one.kind == "dont_know" for one in options_of(each, item)))
                for each in spec.rows
            )
            places = {each.id: (spec.id, f"{panel.id}.{each.id}", f"{agency}.{spec.survey.id}") for each in spec.rows}
            names = (f"{panel.label} {item.label}", f"{question.wording} {item.label}")
            yield _target(spec, item, names=names, answers=answers, places=places)


def _answers(item: Item) -> tuple[Answer, ...]:
    return tuple(Answer(one.code, one.label, one.kind == "dont_know") for one in scale_of(item).options)


def _target(
    spec: Spec, item: Item, *, names: Sequence[str], answers: tuple[Answer, ...], places: Mapping[str, OurPlace]
) -> Target:
    called = {plain(name) for name in (item.code, item.label, item.short, *names) if name}
    return Target(spec.id, spec.number, item.code, item.label, frozenset(called), answers, places)
