"""What the tables of a plan count of each question: the answers that are shown, and what adds up to whom was asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.core.cross_counts import items_of, parts_of
from analysis.core.marks import CHOSEN, NOT_CHOSEN, choices_of, mark_of
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, FrequencySpec, MultipleSpec, RatingsSpec, StatementsSpec, TableSpec
from analysis.core.ratings import agencies_of, options_of
from analysis.core.shape import NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, scale_of
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, NOT_SPECIFIED, REFUSED
from survey.schema.document import Item


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """The returns that gave one of these codes to an item of the cube."""

    item: str
    codes: tuple[int, ...]

    def at(self, where: str) -> str:
        """The name of its count among these boards, the same in every table."""
        return f"{self.item} = {', '.join(map(str, self.codes))} @ {where}"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a breakdown: an answer as the table words it."""

    id: str
    label: str
    answer: Answer
    apart: bool = False


@dataclass(frozen=True)
class Question:
    """One item of a table: its answers, and the sets of answers that each add up to all who were asked."""

    id: str
    label: str
    panel: str
    item: str
    parts: tuple[Part, ...]
    wholes: tuple[tuple[Answer, ...], ...]
    unasked: Answer | None = None  # who is not in the base
    answered: Answer | None = None  # the base of a companion, where the table has one


def questions_of(spec: TableSpec, *, plan: Plan) -> tuple[Question, ...]:
    """Return what a table counts of each item; nothing for a response table, which counts no answers."""
    found = _questions_of(spec, plan)
    return tuple(replace(each, answered=_answered(each)) for each in found) if _on_both(spec, found) else found


def _on_both(spec: TableSpec, questions: Sequence[Question]) -> bool:
    """Whether a table is told on both bases: as the plan says, or else where don't know is an answer. Rule M11."""
    if not isinstance(spec, FrequencySpec | StatementsSpec | RatingsSpec):
        return False
    if spec.bases is not None:
        return spec.bases == "both"
    return any(part.apart and part.id != NOT_SPECIFIED_ID for each in questions for part in each.parts)


def _answered(question: Question) -> Answer:
    codes = (code for part in question.parts if not part.apart for code in part.answer.codes)
    return Answer(question.item, tuple(sorted(codes)))


def _questions_of(spec: TableSpec, plan: Plan) -> tuple[Question, ...]:
    items = plan.questionnaire.items
    match spec:
        case FrequencySpec():
            return (_closed(spec.item, items[spec.item], label=items[spec.item].label),)
        case StatementsSpec():
            return tuple(
                _closed(row.id, items[row.item], label=row.label or items[row.item].label, panel=row.panel)
                for row in spec.rows
            )
        case RatingsSpec():
            return tuple(_ratings(spec, plan))
        case MultipleSpec():
            return (multiple_question(items[spec.item]),)
        case CrossSpec():
            return tuple(_crossed(spec, each) for each in items_of(spec, plan.questionnaire))
    return ()


def question_of(code: str, *, plan: Plan) -> Question:
    """Return a closed item in full, as the rows of a cross-table show it."""
    item = plan.questionnaire.items[code]
    return _closed(code, item, label=item.label)


def together(questions: Iterable[Question]) -> tuple[tuple[Question, ...], ...]:
    """Return the questions of all tables by item: what different tables show of one item is decided together."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.item, []).append(question)
    return tuple(map(tuple, found.values()))


def elements(questions: Sequence[Question]) -> tuple[tuple[Answer, ...], ...]:
    """Return the wholes of questions on one item, its codes parted so finely that each shown answer is a sum of them.

    Answers to a multiple choice are never counted together, so they are their own elements.
    """
    if questions[0].unasked is not None:
        return questions[0].wholes
    shown = {part.answer.codes for question in questions for part in question.parts}
    by_place: dict[frozenset[tuple[int, ...]], list[int]] = {}
    for code in sorted({code for codes in shown for code in codes}):
        by_place.setdefault(frozenset(codes for codes in shown if code in codes), []).append(code)
    return (tuple(Answer(questions[0].item, tuple(codes)) for codes in by_place.values()),)


def is_in(element: Answer, answer: Answer) -> bool:
    """Whether every return that gave the one gave the other."""
    return element.item == answer.item and set(element.codes) <= set(answer.codes)


def _closed(id_: str, item: Item, *, label: str, panel: str = "") -> Question:
    parts = [
        Part(one.code, one.label, Answer(item.code, (one.value,)), apart=one.kind == "dont_know")
        for one in scale_of(item).options
    ]
    return _question(id_, item, parts, label=label, panel=panel)


def _ratings(spec: RatingsSpec, plan: Plan) -> Iterator[Question]:
    for panel in spec.panels:
        for agency, item in agencies_of(plan.questionnaire.question(panel.question)).items():
            parts = []
            for rating in spec.rows:
                options = options_of(rating, item)
                codes = tuple(sorted(option.value for option in options))
                apart = all(option.kind == "dont_know" for option in options)
                parts.append(Part(rating.id, rating.label, Answer(item.code, codes), apart=apart))
            yield _question(f"{panel.id}.{agency}", item, parts, label=item.label, panel=panel.label)


def _crossed(spec: CrossSpec, item: Item) -> Question:
    """An item as a cross-table tells it, its scale collapsed where the spec collapses it."""
    if item.kind == "multiple":
        return multiple_question(item)
    parts = []
    for one in parts_of(spec, item):
        codes = tuple(sorted(option.value for option in one.options))
        parts.append(Part(one.id, one.label, Answer(item.code, codes), apart=one.is_dont_know))
    return _question(item.code, item, parts, label=item.label, panel="")


def _question(id_: str, item: Item, parts: Sequence[Part], *, label: str, panel: str) -> Question:
    blank = Answer(item.code, tuple(sorted(NOT_SPECIFIED)))
    every = (*parts, Part(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, blank, apart=True))
    return Question(id_, label, panel, item.code, every, (tuple(part.answer for part in every),))


def multiple_question(item: Item) -> Question:
    """Every option was chosen or not by those who answered; the first option's column tells who did not."""
    first = mark_of(item, choices_of(item)[0])
    blank = Answer(first, tuple(sorted((NOT_ANSWERED, REFUSED))))
    unknown = Answer(first, (DONT_KNOW,))
    chosen = [Part(one.code, one.label, Answer(mark_of(item, one), (CHOSEN,))) for one in choices_of(item)]
    others = [
        Part(one.code, one.label, unknown, apart=True) for one in scale_of(item).options if one.kind == "dont_know"
    ]
    rest = (*(part.answer for part in others), blank)
    return Question(
        id=item.code,
        label=item.label,
        panel="",
        item=item.code,
        parts=(*chosen, *others, Part(NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, blank, apart=True)),
        wholes=tuple((part.answer, Answer(part.answer.item, (NOT_CHOSEN,)), *rest) for part in chosen),
        unasked=Answer(first, (NOT_ASKED,)),
    )
