"""What there is to choose from in one questionnaire: items and batteries by section, and what breaks them down."""

from collections.abc import Iterator

from analysis.core.cross_checks import is_battery
from survey.schema.document import Item, Question, Questionnaire

Named = tuple[str, str]  # the code, and the words of the choice
Group = tuple[str, list[Named]]

FRAME = {"authority_type": "Authority type", "region": "Region"}
BASES = {
    "returned": "All who submitted",
    "asked": "Asked: without those for whom routing left the question closed",
    "answered": "Answered: also without don’t know and not answered",
}
SCALES = {"full": "Every answer by itself", "collapsed": "Collapsed to both ends and the middle"}
LONGEST = 90


def things(questionnaire: Questionnaire) -> list[Group]:
    """Every item that can be tabulated, by section; a battery can be chosen whole before its items."""
    groups = ((section.title, list(_things(section.questions))) for section in questionnaire.sections)
    return [(title, found) for title, found in groups if found]


def breakdowns(questionnaire: Questionnaire) -> list[Named | Group]:
    """What a table can be broken down by: nothing, a variable of the frame, or a closed item."""
    groups: list[Group] = []
    for section in questionnaire.sections:
        found = [_named(item) for item in section.items if item.kind == "closed"]
        if found:
            groups.append((section.title, found))
    return [("", "Nothing: all returns together"), ("Known of every board", list(FRAME.items())), *groups]


def items_of(questionnaire: Questionnaire, code: str) -> tuple[Item, ...]:
    """The item with this code, or the items of the battery; none if there is neither."""
    if code in questionnaire.items:
        return (questionnaire.items[code],)
    return next((question.items for question in questionnaire.questions if question.code == code), ())


def name_of(item: Item, questionnaire: Questionnaire) -> str:
    """The item as a title names it: one of several in the words of its question, too."""
    question = questionnaire.question(item.question_code)
    is_one_of_many = len([each for each in question.items if each.coded]) > 1
    label = item.label.strip().removesuffix(".")
    return f"{question.short.removesuffix('.')}: {label}" if is_one_of_many else label


def _things(questions: tuple[Question, ...]) -> Iterator[Named]:
    for question in questions:
        if is_battery(question):
            yield question.code, _short(f"{question.code} {question.short}: all {len(question.items)} together")
        yield from (_named(item) for item in question.items if item.coded)


def _named(item: Item) -> Named:
    return item.code, _short(f"{item.code} {item.label}")


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
