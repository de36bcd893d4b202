"""Reads the submissions of a wave that count into columns, from the codes that were packed beside each document.

What was packed otherwise, as by another version of the questionnaire, is read from its document: slower, never wrong.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from analysis.core.cube import STRATA
from analysis.core.documents import read_documents, read_packed, typed_items
from analysis.records import Batch, batches
from respondents.contacts.eligibility import counted_submissions
from respondents.returns.models import Submission
from survey.models import Wave
from survey.schema.document import Questionnaire
from survey.schema.packing import packed_length

MOST_NAMED = 1_000  # a statement takes only so many parameters
RETURN = "return"
ORDER = ("high", "low")  # the two halves of a return's id


def read_submitted(wave: Wave, *, with_returns: bool = False) -> pl.DataFrame:
    """One row for each submission that counts, in the order of the returns' chance ids: strata, then answers.

    The ids themselves come along, as 32 hexadecimal figures, only where somebody asks for them.
    """
    questionnaire = wave.questionnaire
    found = batches(counted_submissions(wave), length=packed_length(questionnaire), typed=_typed(questionnaire))
    rows = pl.concat([_nothing(questionnaire), *(_read(each, questionnaire) for each in found)]).sort(ORDER)
    named = [pl.Series(RETURN, list(_ids(rows)), dtype=pl.String)] if with_returns else []
    return rows.drop(ORDER).select(*named, pl.all())


def _read(batch: Batch, questionnaire: Questionnaire) -> pl.DataFrame:
    """The rows of this batch: from what is packed, or from the documents where that was packed otherwise."""
    packed, records = batch.records["packed"], batch.records
    head = np.frombuffer(questionnaire.packing, dtype=np.uint8)
    answers = read_packed(packed[:, head.size :].view(np.int8), typed=batch.typed, questionnaire=questionnaire)
    strata = np.repeat(np.arange(len(batch.sizes)), list(batch.sizes.values()))
    is_ours = (packed[:, : head.size] == head).all(axis=1)
    if not is_ours.all():
        lacking = _documents(records["submission"][~is_ours].tolist(), questionnaire)
        answers = pl.concat([answers.filter(pl.Series(is_ours)), lacking])
        records, strata = (np.concatenate([each[is_ours], each[~is_ours]]) for each in (records, strata))
    halves = (pl.Series(name, records[name].astype(np.uint64)) for name in ORDER)
    levels = zip(STRATA, zip(*batch.sizes, strict=True), strict=True)
    named = (pl.Series(name, each, dtype=pl.String).gather(strata) for name, each in levels)
    return answers.with_columns(*halves, *named).select(*ORDER, *STRATA, pl.all().exclude(*ORDER, *STRATA))


def _documents(submissions: Sequence[int], questionnaire: Questionnaire) -> pl.DataFrame:
    """The answers of these submissions, in this order, as their documents have them."""
    codes = _typed(questionnaire)
    wanted = Cast("answers", TextField()), *(KeyTextTransform(code, "texts") for code in codes)
    found: dict[int, Sequence[str]] = {}
    for start in range(0, len(submissions), MOST_NAMED):
        some = Submission.objects.filter(pk__in=submissions[start : start + MOST_NAMED])
        found |= {number: contents for number, *contents in some.values_list("pk", *wanted)}
    documents, *typed = zip(*(found[each] for each in submissions), strict=True)
    return read_documents(documents, typed=dict(zip(codes, typed, strict=True)), questionnaire=questionnaire)


def _nothing(questionnaire: Questionnaire) -> pl.DataFrame:
    none = pl.DataFrame(schema=dict.fromkeys(ORDER, pl.UInt64()) | dict.fromkeys(STRATA, pl.String()))
    return none.hstack(read_documents((), typed=dict.fromkeys(_typed(questionnaire), ()), questionnaire=questionnaire))


def _typed(questionnaire: Questionnaire) -> list[str]:
    return [item.code for item in typed_items(questionnaire)]


def _ids(rows: pl.DataFrame) -> Iterator[str]:
    return (f"{high:016x}{low:016x}" for high, low in rows.select(ORDER).iter_rows())
