"""The whole questionnaire as it would stand on paper, with its routing in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse

from respondents.portal.asking import BATTERIES
from respondents.portal.pages.place import Place, place_of
from respondents.returns.models import Return
from survey.schema.conditions import in_words
from survey.schema.document import Item, Question, QuestionKind, Questionnaire
from survey.schema.rules import Rule

Room = Literal["", "line", "box"]  # what is left to write in


@dataclass(frozen=True)
class PaperItem:
    """An item on paper."""

    label: str
    condition: str


@dataclass(frozen=True)
class PaperQuestion:
    """A question on paper, with its routing in words."""

    code: str
    wording: str
    condition: str
    instruction: str
    box: str
    takes_several: bool
    options: tuple[str, ...]
    rows_are: str
    rows: tuple[PaperItem, ...]
    follow_ups: tuple[PaperItem, ...]
    room: Room


@dataclass(frozen=True)
class PaperSection:
    """A section on paper."""

    title: str
    intro: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class ReadingPage:
    """The whole questionnaire, to be read or printed before anything is answered."""

    place: Place
    title: str
    introduction: str
    sections: tuple[PaperSection, ...]
    tasks_url: str
    questions_pdf_url: str
    questions_word_url: str


def reading_page(found: Return, *, now: datetime) -> ReadingPage:
    """All questions in order."""
    questionnaire = found.wave.questionnaire
    return ReadingPage(
        place=place_of(found, now=now),
        title=questionnaire.title,
        introduction=questionnaire.introduction,
        sections=paper_sections(questionnaire),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
        questions_pdf_url=reverse("copies:questions_pdf", args=[found.pk]),
        questions_word_url=reverse("copies:questions_word", args=[found.pk]),
    )


def paper_sections(questionnaire: Questionnaire) -> tuple[PaperSection, ...]:
    """Every section with its questions, as they would stand on paper."""
    return tuple(
        PaperSection(section.title, section.intro, tuple(_on_paper(questionnaire, each) for each in section.questions))
        for section in questionnaire.sections
    )


INSTRUCTIONS: Mapping[QuestionKind, str] = {
    "frame": "Taken from the register; you need not answer.",
    "single_choice": "Choose one.",
    "yes_no_details": "Choose one.",
    "multiple_choice": "Choose all that apply.",
    "rating_battery": "Choose one answer in each row.",
    "statement_battery": "Choose one answer in each row.",
    "open_text": "Write in your own words.",
    "number": "Give a number.",
    "date": "Give a date.",
}


BOXES: Mapping[QuestionKind, str] = {"multiple_choice": "app-paper__box app-paper__box--square"}
ROWS: Mapping[QuestionKind, str] = {"rating_battery": "Agency", "statement_battery": "Statement"}
ROOMS: Mapping[QuestionKind, Room] = {"open_text": "box", "number": "line", "date": "line"}


def _on_paper(questionnaire: Questionnaire, question: Question) -> PaperQuestion:
    def item_on_paper(item: Item) -> PaperItem:
        rule = item.shown_when if item.shown_when != question.shown_when else None
        return PaperItem(item.label, _only_if(questionnaire, rule))

    main = [item for item in question.items if not item.follow_up]
    scale = main[0].scale if main else None
    return PaperQuestion(
        code=question.code,
        wording=question.wording,
        condition=_only_if(questionnaire, question.shown_when),
        instruction=question.hint or INSTRUCTIONS[question.kind],
        box=BOXES.get(question.kind, "app-paper__box"),
        takes_several=question.kind in BOXES,
        options=tuple(option.label for option in scale.options) if scale else (),
        rows_are=ROWS.get(question.kind, ""),
        rows=tuple(item_on_paper(item) for item in main) if question.kind in BATTERIES else (),
        follow_ups=tuple(item_on_paper(item) for item in question.items if item.follow_up),
        room=ROOMS.get(question.kind, ""),
    )


def _only_if(questionnaire: Questionnaire, rule: Rule | None) -> str:
    return f"Answer this only if {in_words(questionnaire, rule)}." if rule else ""
