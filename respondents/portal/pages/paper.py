"""The whole questionnaire as it would stand on paper, with its routing in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from respondents.portal.asking import BATTERIES
from respondents.portal.pages.place import Place, place_of
from respondents.returns.models import Return
from survey.schema.document import Item, Question, QuestionKind, Questionnaire
from survey.schema.routing import describe
from survey.schema.rules import Rule


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
    options: tuple[str, ...]
    rows: tuple[PaperItem, ...]
    follow_ups: tuple[PaperItem, ...]
    lines: bool


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


def reading_page(found: Return, *, now: datetime) -> ReadingPage:
    """All questions in order."""
    questionnaire = found.wave.questionnaire
    return ReadingPage(
        place=place_of(found, now=now),
        title=questionnaire.title,
        introduction=questionnaire.introduction,
        sections=tuple(
            PaperSection(
                section.title, section.intro, tuple(_on_paper(questionnaire, each) for each in section.questions)
            )
            for section in questionnaire.sections
        ),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
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
        options=tuple(option.label for option in scale.options) if scale else (),
        rows=tuple(item_on_paper(item) for item in main) if question.kind in BATTERIES else (),
        follow_ups=tuple(item_on_paper(item) for item in question.items if item.follow_up),
        lines=question.kind in {"open_text", "number", "date"},
    )


def _only_if(questionnaire: Questionnaire, rule: Rule | None) -> str:
    return f"Answer this only if {describe(questionnaire, rule)}." if rule else ""
