"""Who wrote what: for each answer everything that ever stood there, and what was set aside, with name and time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from respondents.portal.pages.place import Place, place_of
from respondents.portal.words import past_in_words, person_in_words
from respondents.returns.models import Return, Save, SaveSource
from survey.counting import counted
from survey.schema.answers import Value, display
from survey.schema.document import Item, Questionnaire, Section


@dataclass(frozen=True)
class Wrote:
    """One text or answer that somebody wrote."""

    text: str
    by: str
    note: str = ""


@dataclass(frozen=True)
class ItemHistory:
    """One item: what stands, and what stood before, the latest first."""

    question: str
    label: str
    stands: Wrote
    earlier: tuple[Wrote, ...]
    earlier_words: str


@dataclass(frozen=True)
class SectionHistory:
    """The items of one section that were ever written."""

    code: str
    title: str
    items: tuple[ItemHistory, ...]


@dataclass(frozen=True)
class HistoryPage:
    """Who wrote what on a return, by section."""

    place: Place
    sections: tuple[SectionHistory, ...]
    tasks_url: str


def history_page(found: Return, saves: Iterable[Save], *, person: User, now: datetime) -> HistoryPage:
    """Everything ever written in the sections that this person may read; `saves` come in order of their versions."""
    questionnaire = found.wave.questionnaire
    readable = [section for section in questionnaire.sections if found.standing.may_read(section.code)]
    written = _written(questionnaire, readable, saves, person=person, now=now)
    return HistoryPage(
        place=place_of(found, now=now),
        sections=tuple(_section(questionnaire, section, written) for section in readable),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def _written(
    questionnaire: Questionnaire, sections: Iterable[Section], saves: Iterable[Save], *, person: User, now: datetime
) -> Mapping[str, list[Wrote]]:
    """What was written for each item, the latest first; the first that was not set aside is what stands."""
    items = {item.code: item for section in sections for item in section.items}
    written: dict[str, list[Wrote]] = {}
    for save in saves:
        by = _by(save, person=person, now=now)
        for code, value in save.set_aside.items():
            if code in items:
                written.setdefault(code, []).insert(0, _wrote(items[code], value, by, note="Set aside in a conflict"))
        for code, (_, value) in save.changes.items():
            if code in items:
                written.setdefault(code, []).insert(0, _wrote(items[code], value, by))
    return written


def _by(save: Save, *, person: User, now: datetime) -> str:
    who = person_in_words(save.made_by, reader=person)
    source = "" if save.source == SaveSource.PORTAL else f" ({_door(save)})"
    return f"{who[:1].upper()}{who[1:]}{source}, {past_in_words(save.made_at, now=now)}"


def _door(save: Save) -> str:
    """By which way answers came in that nobody on the return typed here."""
    if spoken := save.note.get("telephone"):
        day = date_format(date.fromisoformat(spoken["day"]), "j F Y")
        return f"taken by telephone from {spoken['voice']} on {day}"
    return str(SaveSource(save.source).label)


def _wrote(item: Item, value: Value, by: str, *, note: str = "") -> Wrote:
    return Wrote(display(item, value), by, note)


def _section(questionnaire: Questionnaire, section: Section, written: Mapping[str, list[Wrote]]) -> SectionHistory:
    items = (_item(questionnaire, item, written[item.code]) for item in section.items if item.code in written)
    return SectionHistory(section.code, section.title, tuple(items))


def _item(questionnaire: Questionnaire, item: Item, wrote: list[Wrote]) -> ItemHistory:
    stands = next((each for each in wrote if not each.note), Wrote("Not answered", ""))
    earlier = tuple(each for each in wrote if each is not stands)
    question = questionnaire.question(item.question_code)
    return ItemHistory(
        question=question.short if item.code != question.code else "",
        label=item.label,
        stands=stands,
        earlier=earlier,
        earlier_words=f"Show {counted(len(earlier), 'earlier version')}" if earlier else "",
    )
