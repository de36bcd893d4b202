"""What changed between two states of a return, in the order of the questionnaire, both answers in full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from respondents.copies.editions import Edition
from respondents.portal.asking import BATTERIES
from respondents.portal.pages.place import Place, place_of
from respondents.returns.models import Return
from survey.counting import counted
from survey.schema.answers import answered, display
from survey.schema.codes import NOT_ASKED
from survey.schema.document import Item, Question


@dataclass(frozen=True)
class Side:
    """One of the two answers to an item."""

    text: str
    is_blank: bool


@dataclass(frozen=True)
class Difference:
    """One item whose answer is not the same."""

    id: str
    label: str
    before: Side
    after: Side


@dataclass(frozen=True)
class ChangedQuestion:
    """A question with those of its items that differ."""

    code: str
    wording: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Choice:
    """One state that can be compared."""

    key: str
    heading: str
    is_before: bool
    is_after: bool


@dataclass(frozen=True)
class DifferencesPage:
    """Two states of a return and what differs between them."""

    place: Place
    drawer_url: str
    before: str
    after: str
    before_standing: str
    after_standing: str
    summary: str
    questions: tuple[ChangedQuestion, ...]
    choices: tuple[Choice, ...]


def differences_page(
    found: Return, editions: Sequence[Edition], chosen: tuple[Edition, Edition] | None, *, now: datetime
) -> DifferencesPage:
    """The page of two editions; without two of them it says why there is nothing to compare."""
    questions = tuple(_changed(found, *chosen)) if chosen else ()
    before, after = chosen or (None, None)
    return DifferencesPage(
        place=place_of(found, now=now),
        drawer_url=reverse("copies:drawer", args=[found.pk]),
        before=before.heading if before else "",
        after=after.heading if after else "",
        before_standing=before.standing if before else "",
        after_standing=after.standing if after else "",
        summary=_summary(sum(len(question.differences) for question in questions)),
        questions=questions,
        choices=tuple(Choice(each.key, each.heading, each is before, each is after) for each in reversed(editions)),
    )


def _summary(number: int) -> str:
    if not number:
        return "No answer differs."
    return f"{counted(number, 'answer')} {'differs' if number == 1 else 'differ'}."


def _changed(found: Return, before: Edition, after: Edition) -> Iterator[ChangedQuestion]:
    for question in found.wave.questionnaire.questions:
        differences = tuple(_differences(question, before, after))
        if differences:
            yield ChangedQuestion(question.code, question.wording, differences)


def _differences(question: Question, before: Edition, after: Edition) -> Iterator[Difference]:
    for item in question.items:
        sides = _side(item, before), _side(item, after)
        if sides[0] != sides[1]:
            is_named = question.kind in BATTERIES or item.follow_up
            yield Difference(f"changed-{item.code}", item.label if is_named else "", *sides)


def _side(item: Item, edition: Edition) -> Side:
    value = edition.values.get(item.code)
    return Side(display(item, value), not answered(value) or value == NOT_ASKED)
