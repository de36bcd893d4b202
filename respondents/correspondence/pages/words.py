"""What several pages of the correspondence say in the same words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from respondents.correspondence.models import Query, TeamMessage
from respondents.portal.words import past_in_words
from respondents.returns.models import Return
from survey.schema.answers import Value, display


@dataclass(frozen=True)
class Said:
    """Something that somebody said; what happened to it, in a word; the answer as it stood, where that is told."""

    who: str
    when: str
    text: str
    what: str = ""
    stood: str = ""


def name_of(person: User, *, reader: User) -> str:
    """Who it was: “You”, or a name, with the side they speak for where that is the survey team."""
    if person.pk == reader.pk:
        return "You"
    return f"{person}, survey team" if person.is_staff else str(person)


def said(message: TeamMessage, *, reader: User, now: datetime) -> Said:
    """A message with its name and time."""
    return Said(name_of(message.written_by, reader=reader), past_in_words(message.written_at, now=now), message.text)


def topic_of(found: Return, query: Query) -> str:
    """What a query is about: the question, and the row of it."""
    questionnaire = found.wave.questionnaire
    item = questionnaire.items[query.item]
    question = questionnaire.question(item.question_code)
    return item.short if item.short == question.short or len(question.items) == 1 else f"{question.short}: {item.short}"


def answer_in_words(found: Return, query: Query, value: Value) -> str:
    """An answer to the item that a query is about, as people read it."""
    return display(found.wave.questionnaire.items[query.item], value)


def sections_in_words(found: Return, codes: Collection[str]) -> str:
    """The titles of sections, or “all sections”."""
    sections = found.wave.questionnaire.sections
    titles = [section.title for section in sections if section.code in codes]
    return "all sections" if len(titles) == len(sections) else "; ".join(titles)
