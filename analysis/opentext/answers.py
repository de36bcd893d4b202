"""Typed answers that count, under names that say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.sql.compiler import SQLCompiler

from accounts.digests import bytes_digest
from respondents.contacts.eligibility import counted_submissions
from respondents.returns.models import Submission
from survey.models import Wave
from survey.schema.document import Item, Questionnaire

NOTHING = bytes_digest(b"")


@dataclass(frozen=True)
class Answer:
    """What one return says to one item; everything said of it knows it again by the digest of its text.

    Once its words are erased, what was coded before still stands. The text is there only where it was asked for.
    """

    return_id: UUID
    pseudonym: str
    digest: str
    is_erased: bool
    text: str = field(default="", compare=False, repr=False)


class _Digest(Func):
    """SHA-256 of a text in hexadecimal, reckoned by the database."""

    function = "SHA256"
    output_field = CharField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Its function takes and gives bytes."""
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        sql, params = self.as_sql(compiler, connection, template=template, **context)
        return sql, tuple(params)


def text_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items that are answered in a person's own words."""
    return tuple(item for item in questionnaire.items.values() if item.kind == "text")


def answers_to(wave: Wave, item: str) -> tuple[Answer, ...]:
    """The answers to one item in the submissions that count, in an order that says nothing."""
    rows = _rows(wave, KeyTextTransform(item, "texts"))
    return tuple(
        Answer(key, name, bytes_digest(said.encode()), erased is not None, said)
        for key, name, erased, said in rows
        if said
    )


def digests_of_answers(wave: Wave, item: str) -> tuple[Answer, ...]:
    """The same without their texts, which stay in the database."""
    return digests_of_each(wave, [item])[item]


def digests_of_each(wave: Wave, items: Sequence[str], *, by: datetime | None = None) -> dict[str, tuple[Answer, ...]]:
    """Those of several items by the item, in one query; with a moment, as they read then."""
    said = (_Digest(KeyTextTransform(item, "texts")) for item in items)
    rows = list(_rows(wave, *said, by=by)) if items else []
    return {
        item: tuple(
            Answer(key, name, digests[place], erased is not None)
            for key, name, erased, *digests in rows
            if digests[place] not in {None, NOTHING}
        )
        for place, item in enumerate(items)
    }


def with_text(wave: Wave, item: str, answer: Answer) -> Answer:
    """The answer with its text, as it reads now."""
    one = _rows(wave, KeyTextTransform(item, "texts")).filter(survey_return=answer.return_id)
    said = next((said for *_, said in one), None) or ""
    return replace(answer, text=said, digest=bytes_digest(said.encode()))


def _rows(
    wave: Wave, *said: KeyTextTransform | Func, by: datetime | None = None
) -> "QuerySet[Submission, tuple[Any, ...]]":
    counting = counted_submissions(wave, by=by).order_by("survey_return__pseudonym")
    return counting.values_list(
        "survey_return_id", "survey_return__pseudonym", F("survey_return__texts_erased_at"), *said
    )
