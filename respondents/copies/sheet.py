"""One's own answers on paper: everything decided here, only placed by the template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from respondents.copies.editions import Edition
from respondents.copies.typed import breakable, visible
from respondents.portal.asking import BATTERIES
from respondents.portal.pages.paper import ROWS
from respondents.portal.words import moment_in_words
from respondents.returns.models import Return
from survey.schema.answers import Value, answered, display
from survey.schema.document import Item, Question
from survey.schema.routing import applicable

INVENTED = "Demonstration: all answers are invented."
UNDRAWN = (
    "Some answers hold characters beyond the Latin alphabet, such as emoji. Where this copy shows an empty box in "
    "place of one, the data copy (CSV) holds it as it was typed."
)
# What our own typefaces draw; for the rest it depends on the machine that prints.
_DRAWN = re.compile("[\t\n\x20-\u02ff\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2113\u2122\u2190-\u2193\u2212]*")
DRAFT_NOTICE = "DRAFT, not submitted."


@dataclass(frozen=True)
class Answer:
    """One item with its answer in words."""

    label: str
    text: str
    is_blank: bool


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question as it was put: a battery with a row for each item, or its answer and what followed from it."""

    code: str
    wording: str
    rows_are: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class AnsweredSection:
    """A section with the questions that were asked."""

    title: str
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True)
class AnswerSheet:
    """All answers of one board in one state, dated."""

    title: str
    wave: str
    notice: str
    is_draft: bool
    standing: str
    warning: str
    facts: tuple[tuple[str, str], ...]
    digest: str
    sections: tuple[AnsweredSection, ...]


def answer_sheet(found: Return, edition: Edition, *, now: datetime, demonstration: bool) -> AnswerSheet:
    """The sheet of this edition; questions that routing did not open are left out."""
    questionnaire = found.wave.questionnaire
    texts = {code: value for code, value in edition.values.items() if isinstance(value, str)}
    shown = applicable(questionnaire, edition.values) | texts.keys()
    sections = (
        AnsweredSection(section.title, tuple(_questions(found, section.questions, edition.values, shown)))
        for section in questionnaire.sections
    )
    notices = (DRAFT_NOTICE if edition.is_draft else "", INVENTED if demonstration else "")
    return AnswerSheet(
        title=f"Answers of {found.board}" if found.board else "Answers",
        wave=found.wave.title,
        notice=" ".join(filter(None, notices)),
        is_draft=edition.is_draft,
        standing=edition.standing,
        warning="" if all(map(_DRAWN.fullmatch, texts.values())) else UNDRAWN,
        facts=_facts(edition, now=now),
        digest=" ".join(edition.digest[start : start + 8] for start in range(0, len(edition.digest), 8)),
        sections=tuple(section for section in sections if section.questions),
    )


def _facts(edition: Edition, *, now: datetime) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Edition", edition.name),
        ("Last changed" if edition.is_draft else "Received", moment_in_words(edition.moment) if edition.moment else ""),
        ("Changed by" if edition.is_draft else "Sent by", edition.by),
        ("Reference", edition.reference),
        ("Copy made", moment_in_words(now)),
    )
    return tuple((name, visible(value)) for name, value in facts if value)


def _questions(
    found: Return, questions: tuple[Question, ...], values: Mapping[str, Value], shown: frozenset[str]
) -> list[AnsweredQuestion]:
    asked = ((question, [item for item in question.items if item.code in shown]) for question in questions)
    return [_question(found, question, items, values) for question, items in asked if items or question.taken_from]


def _question(found: Return, question: Question, items: list[Item], values: Mapping[str, Value]) -> AnsweredQuestion:
    if question.taken_from:
        text = str(getattr(found, question.taken_from) or "")
        answers = [Answer("", text or "Not known", not text)]
    else:
        is_battery = question.kind in BATTERIES
        answers = [_answer(item, values, is_named=is_battery or item.follow_up) for item in items]
    return AnsweredQuestion(question.code, question.wording, ROWS.get(question.kind, ""), tuple(answers))


def _answer(item: Item, values: Mapping[str, Value], *, is_named: bool) -> Answer:
    value = values.get(item.code)
    return Answer(item.label if is_named else "", breakable(visible(display(item, value))), not answered(value))
