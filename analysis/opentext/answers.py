"""Typed answers that count, under names that say nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform

from accounts.digests import bytes_digest
from respondents.returns.models import Submission
from survey.models import Wave
from survey.schema.document import Item, Questionnaire


@dataclass(frozen=True)
class Answer:
    """What one return says to one item. Once its words are erased, what was coded before still stands."""

    return_id: UUID
    pseudonym: str
    text: str
    is_erased: bool

    @property
    def digest(self) -> str:
        """By which everything said of this answer knows it again."""
        return bytes_digest(self.text.encode())


def text_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items that are answered in a person's own words."""
    return tuple(item for item in questionnaire.items.values() if item.kind == "text")


def answers_to(wave: Wave, item: str) -> tuple[Answer, ...]:
    """The answers to one item in the submissions that count, in an order that says nothing."""
    counting = Submission.objects.counting().filter(survey_return__wave=wave)
    rows = counting.order_by("survey_return__pseudonym").values_list(
        "survey_return_id",
        "survey_return__pseudonym",
        KeyTextTransform(item, "texts"),
        F("survey_return__texts_erased_at"),
    )
    return tuple(Answer(key, name, said, erased is not None) for key, name, said, erased in rows if said)
