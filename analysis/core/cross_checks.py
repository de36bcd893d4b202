"""Every mistake in the spec of a cross-table that only the questionnaire can show."""

from collections.abc import Iterator

from analysis.core.cross_counts import FRAME
from analysis.core.plan_document import CrossSpec
from survey.schema.document import Item, Question, Questionnaire
from survey.schema.faults import Fault, Path
from survey.schema.shape import suggest


def cross_faults(spec: CrossSpec, *, questionnaire: Questionnaire, path: Path, has_levels: bool) -> Iterator[Fault]:
    """Yield what is wrong with what is tabulated and what breaks it down; `has_levels`: the plan has those of `by`."""
    yield from _what_faults(spec, questionnaire=questionnaire, path=path)
    yield from _by_faults(spec, questionnaire=questionnaire, path=path, has_levels=has_levels)
    if spec.chart not in {None, "diverging", "stacked", "dots"}:
        message = f"A cross-table cannot be drawn as {spec.chart}."
        yield Fault("P036", (*path, "chart"), message, "Choose diverging, stacked or dots.")


def crossed_items(spec: CrossSpec, questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Return the items that can be tabulated, none where the spec names something else."""
    questions = {question.code: question for question in questionnaire.questions}
    named = [questionnaire.items[spec.item]] if spec.item in questionnaire.items else []
    battery = questions[spec.question].items if spec.question in questions else ()
    return tuple(item for item in (*named, *battery) if item.scale is not None)


def is_battery(question: Question) -> bool:
    """Whether the question has several closed items, all on one scale."""
    scales = {tuple(option.code for option in item.scale.options) for item in question.items if item.scale}
    return len(question.items) > 1 and len(scales) == 1 and all(item.kind == "closed" for item in question.items)


def _what_faults(spec: CrossSpec, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    if bool(spec.item) == bool(spec.question):
        message = "A cross-table is of one item or of one question with several."
        yield Fault("P030", path, message, "Give it either an item or a question.")
    elif spec.item and spec.item not in questionnaire.items:
        message = f"The questionnaire has no item {spec.item}."
        yield Fault("P005", (*path, "item"), message, suggest(spec.item, list(questionnaire.items)))
    elif spec.item and not questionnaire.items[spec.item].coded:
        message = f"The item {spec.item} has no scale to tabulate."
        yield Fault("P006", (*path, "item"), message, "Choose a closed item.")
    elif spec.question:
        yield from _battery_faults(spec.question, questionnaire=questionnaire, path=(*path, "question"))


def _battery_faults(code: str, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    questions = {question.code: question for question in questionnaire.questions}
    if code not in questions:
        yield Fault("P008", path, f"The questionnaire has no question {code}.", suggest(code, list(questions)))
        return
    if not is_battery(questions[code]):
        message = f"The question {code} is not a battery of items on one scale."
        yield Fault("P031", path, message, "Name one of its items instead.")


def _by_faults(spec: CrossSpec, *, questionnaire: Questionnaire, path: Path, has_levels: bool) -> Iterator[Fault]:
    here = (*path, "by")
    if spec.rows and spec.by not in FRAME:
        message = f"Rows are given for {', '.join(FRAME)} only; those of an item are its options."
        yield Fault("P035", (*path, "rows"), message, "Leave them out.")
    if spec.by in FRAME:
        if not spec.rows and not has_levels:
            message = f"Nothing says which levels {spec.by} has."
            yield Fault("P034", here, message, "Give the rows here, or a response table of this stratum.")
    elif spec.by:
        yield from _by_item_faults(spec, questionnaire=questionnaire, path=here)


def _by_item_faults(spec: CrossSpec, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    closed = [item.code for item in questionnaire.items.values() if item.kind == "closed"]
    if spec.by not in questionnaire.items:
        known = [*FRAME, *closed]
        message = f"There is no variable of the frame and no item {spec.by}."
        yield Fault("P032", path, message, suggest(spec.by, known))
    elif spec.by not in closed:
        message = f"The item {spec.by} cannot break a table down."
        yield Fault("P032", path, message, "Choose a closed item with one answer.")
    elif spec.by in {item.code for item in crossed_items(spec, questionnaire)}:
        yield Fault("P033", path, f"The item {spec.by} is broken down by itself.", "Choose another.")
