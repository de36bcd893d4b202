"""Reads the submissions of a wave that count into columns and keeps what it read: the next look reads what is new.

A submission never changes, so its answers are known by its number and digest once they were read. Which submissions
count, of which return in which stratum, is asked anew every time.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Case, F, QuerySet, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from analysis.core.cube import STRATA
from analysis.core.documents import read_documents, typed_items
from respondents.returns.models import Submission
from survey.models import Wave
from survey.schema.document import Questionnaire

CHUNK = 5_000
MOST_NAMED = 1_000  # a statement takes only so many parameters
WAVES_HELD = 4
BY = ("submission", "digest")
KEYS = {"submission": pl.Int64(), "digest": pl.String(), "return": pl.String()} | dict.fromkeys(STRATA, pl.String())
Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Held:
    """The answers of one wave that this process has read, and the number of its last submission."""

    questionnaire: str
    answers: pl.DataFrame
    last: int = 0


_HELD: dict[int, _Held] = {}


def read_submitted(wave: Wave, *, with_returns: bool = False) -> pl.DataFrame:
    """One row for each submission that counts, in the order of the returns' chance ids: strata, then answers.

    The ids themselves come along only where somebody asks for them.
    """
    held = _held(wave)
    counting = Submission.objects.counting().filter(survey_return__wave=wave)
    keys, fresh = _look(counting, wave.questionnaire, beyond=held.last)
    answers = pl.concat([held.answers, fresh])
    lacking = keys.join(answers, on=BY, how="anti")["submission"].to_list()
    for some in _chunks(lacking, MOST_NAMED):
        # They count again, or were committed late: their numbers are lower than the last one read.
        _, late = _look(Submission.objects.filter(pk__in=some), wave.questionnaire)
        answers = answers.vstack(late)
    found = keys.sort("return").join(answers, on=BY, how="inner", maintain_order="left").rechunk()
    _hold(wave, found.drop("return", *STRATA))
    return found.drop(*BY, *([] if with_returns else ["return"]))


def forget() -> None:
    """Lets go of all that this process has read."""
    _HELD.clear()


def _held(wave: Wave) -> _Held:
    held = _HELD.get(wave.pk)
    if held and held.questionnaire == wave.questionnaire.digest:
        return held
    _, nothing = _read([], wave.questionnaire)
    return _Held(wave.questionnaire.digest, nothing)


def _hold(wave: Wave, answers: pl.DataFrame) -> None:
    """Keeps the answers of this wave and of the few others looked at last; what counts no more is let go."""
    _HELD.pop(wave.pk, None)
    last = answers["submission"].max()
    _HELD[wave.pk] = _Held(wave.questionnaire.digest, answers, last if isinstance(last, int) else 0)
    for forgotten in list(_HELD)[:-WAVES_HELD]:
        del _HELD[forgotten]


def _look(
    submissions: "QuerySet[Submission]", questionnaire: Questionnaire, *, beyond: int = 0
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The keys of these submissions, and the answers of those whose number is beyond this one.

    While the database sends the next rows, a thread reads the last ones. A cursor lives in a transaction, or else
    PostgreSQL would first make all the rows and then send any.
    """
    rows = _rows(submissions, questionnaire, beyond=beyond)
    with transaction.atomic(savepoint=False), ThreadPoolExecutor(1) as reader:
        chunks = _chunks(rows.iterator(CHUNK), CHUNK)
        reading = [reader.submit(_read, chunk, questionnaire) for chunk in chunks]
    parts = [each.result() for each in reading] or [_read([], questionnaire)]
    keys, answers = zip(*parts, strict=True)
    return pl.concat(keys), pl.concat(answers)


def _rows(
    submissions: "QuerySet[Submission]", questionnaire: Questionnaire, *, beyond: int
) -> "QuerySet[Submission, Row]":
    contents = [
        Cast("answers", TextField()),
        *(KeyTextTransform(item.code, "texts") for item in typed_items(questionnaire)),
    ]
    wanted = (Case(When(pk__gt=beyond, then=content), default=None) for content in contents)
    strata = (F(f"survey_return__{name}") for name in STRATA)
    return submissions.order_by().values_list("pk", "digest", Cast("survey_return", TextField()), *strata, *wanted)


def _read(rows: Sequence[Row], questionnaire: Questionnaire) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The keys of these rows, and the answers of those that came with them."""
    keys = _frame(rows, KEYS)
    sent = [row for row in rows if row[len(KEYS)] is not None]
    contents = list(zip(*(row[len(KEYS) :] for row in sent), strict=True))
    items = typed_items(questionnaire)
    typed = {item.code: contents[place] if sent else () for place, item in enumerate(items, start=1)}
    answers = read_documents(contents[0] if sent else (), typed=typed, questionnaire=questionnaire)
    return keys, _frame(sent, {name: KEYS[name] for name in BY}).hstack(answers)


def _frame(rows: Sequence[Row], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(
        [pl.Series(name, [row[place] for row in rows], dtype=kind) for place, (name, kind) in enumerate(schema.items())]
    )


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    every = iter(rows)
    while chunk := list(islice(every, size)):
        yield chunk
