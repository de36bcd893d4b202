"""How the database sends many submissions: one record of fixed length for each, many of them in one value.

A record is the number of the submission, the id of its return and its packed codes. PostgreSQL puts together those of
one stratum, so that a hundred thousand of them are no more rows than there are strata; elsewhere they come one by one.
Small strata are read together: thirty of two returns each would cost thirty times as much as one of sixty.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Aggregate, BinaryField, F, Func, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform

from analysis.core.cube import STRATA
from respondents.returns.models import Submission

MOST_AT_ONCE = 20_000  # in one batch, unless a single stratum has more: a million must not stand in memory twice

Stratum = tuple[str, ...]
Records = npt.NDArray[np.void]


@dataclass(frozen=True)
class Batch:
    """Submissions by stratum: how many of each, their records, and for some items what was typed, in one order."""

    sizes: Mapping[Stratum, int]
    records: Records
    typed: Mapping[str, Sequence[str | None]]


class _Joined(Aggregate):
    """Bytes of all rows, one after the other."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea)"
    output_field = BinaryField()


class _Listed(Aggregate):
    """Words of all rows as a list."""

    function = "array_agg"
    output_field = TextField()


def batches(submissions: "QuerySet[Submission]", *, length: int, typed: Sequence[str]) -> Iterator[Batch]:
    """Yield these submissions by stratum: `length` is that of packed codes, `typed` are items to read as words too."""
    send = _together if connection.vendor == "postgresql" else _one_by_one
    waiting: list[Batch] = []
    for batch in send(submissions.order_by(), length, typed):
        if waiting and sum(len(each.records) for each in (*waiting, batch)) > MOST_AT_ONCE:
            yield _merged(waiting)
            waiting = []
        waiting.append(batch)
    if waiting:
        yield _merged(waiting)


def _merged(parts: Sequence[Batch]) -> Batch:
    return Batch(
        sizes={stratum: size for each in parts for stratum, size in each.sizes.items()},
        records=np.concatenate([each.records for each in parts]),
        typed={code: [word for each in parts for word in each.typed[code]] for code in parts[0].typed},
    )


def _layout(length: int) -> np.dtype[np.void]:
    return np.dtype([("submission", ">i8"), ("high", ">u8"), ("low", ">u8"), ("packed", "u1", (length,))])


def _together(submissions: "QuerySet[Submission]", length: int, typed: Sequence[str]) -> Iterator[Batch]:
    record = _one_after_the_other(_sent("pk", "int8send"), _sent("survey_return", "uuid_send"), _as_long_as(length))
    words = {f"typed_{place}": _Listed(_words(code)) for place, code in enumerate(typed)}
    by_stratum = submissions.values_list(*_strata()).annotate(content=_Joined(record), **words)
    for row in by_stratum:
        lists = row[len(STRATA) + 1 :]
        records = np.frombuffer(bytes(row[len(STRATA)]), dtype=_layout(length))
        yield Batch({row[: len(STRATA)]: len(records)}, records, dict(zip(typed, lists, strict=True)))


def _one_by_one(submissions: "QuerySet[Submission]", length: int, typed: Sequence[str]) -> Iterator[Batch]:
    found: dict[Stratum, bytearray] = defaultdict(bytearray)
    words: dict[Stratum, list[list[str | None]]] = defaultdict(lambda: [[] for _ in typed])
    rows = submissions.values_list("pk", "survey_return", "packed", *_strata(), *map(_words, typed))
    for pk, survey_return, packed, *rest in rows.iterator(5_000):
        stratum = tuple(rest[: len(STRATA)])
        padded = packed if len(packed) == length else bytes(length)
        found[stratum] += pk.to_bytes(8, "big") + survey_return.bytes + padded
        for column, word in zip(words[stratum], rest[len(STRATA) :], strict=True):
            column.append(word)
    for stratum, content in found.items():
        records = np.frombuffer(bytes(content), dtype=_layout(length))
        yield Batch({stratum: len(records)}, records, dict(zip(typed, words[stratum], strict=True)))


def _strata() -> Iterator[F]:
    return (F(f"survey_return__{name}") for name in STRATA)


def _words(code: str) -> KeyTextTransform:
    return KeyTextTransform(code, "texts")


def _sent(name: str, function: str) -> Func:
    return Func(F(name), function=function, output_field=BinaryField())


def _as_long_as(length: int) -> Func:
    """The packed codes, or as many empty bytes where they are missing or cut off."""
    empty = f"decode(repeat('00', {length}), 'hex')"
    words = f"CASE WHEN length(%(expressions)s) = {length} THEN %(expressions)s ELSE {empty} END"
    return Func(F("packed"), template=words, output_field=BinaryField())


def _one_after_the_other(*parts: Combinable) -> Func:
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=BinaryField())
