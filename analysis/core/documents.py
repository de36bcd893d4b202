"""Stored answers as columns: many documents are read at once, without making a Python object of any answer."""

import io
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.core.asked import asked
from analysis.core.marks import mark_of, spread
from analysis.core.variables import GIVEN, NUMBER, gap_of, variables_of
from survey.schema.codes import NOT_ANSWERED, NOT_ASKED
from survey.schema.document import Item, Questionnaire


def typed_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Return the items answered with a number or a date: typed, and yet columns of the extract."""
    return tuple(item for item in questionnaire.items.values() if item.kind in {"number", "date"})


def read_documents(
    documents: Sequence[str], *, typed: Mapping[str, Sequence[str | None]], questionnaire: Questionnaire
) -> pl.DataFrame:
    """Return one row for each document of codes (JSON on one line), with what was typed for `typed_items` beside it."""
    closed = [item for item in questionnaire.items.values() if item.kind == "closed"]
    multiple = [item for item in questionnaire.items.values() if item.kind == "multiple"]
    exact = typed_items(questionnaire)
    # The reader knows only wide whole numbers; what is kept is narrow. A list is read as it is written.
    schema = {item.code: pl.Int64() for item in (*closed, *exact)} | {item.code: pl.String() for item in multiple}
    lines = "\n".join(documents)
    read = pl.read_ndjson(io.BytesIO(lines.encode()), schema=schema) if lines else pl.DataFrame(schema=schema)
    coded = read.select(
        *(pl.col(item.code).cast(pl.Int8).fill_null(NOT_ANSWERED) for item in (*closed, *exact)),
        *(mark for item in multiple for mark in spread(item)),
    )
    return _with_typed(coded, typed, questionnaire)


def read_packed(
    codes: NDArray[np.int8], *, typed: Mapping[str, Sequence[str | None]], questionnaire: Questionnaire
) -> pl.DataFrame:
    """Return the same from codes packed by `survey.schema.packing`: a row for each return, a column for each place."""
    names = [mark_of(item, option) if option else item.code for item, option in questionnaire.places]
    columns = np.ascontiguousarray(codes.T)
    coded = pl.DataFrame([pl.Series(name, column) for name, column in zip(names, columns, strict=True)])
    return _with_typed(coded, typed, questionnaire)


def _with_typed(
    coded: pl.DataFrame, typed: Mapping[str, Sequence[str | None]], questionnaire: Questionnaire
) -> pl.DataFrame:
    """Return the columns of the extract: numbers and dates from what was typed, and why where nothing was."""
    exact = typed_items(questionnaire)
    written = (pl.Series(_written(item), typed[item.code], dtype=pl.String) for item in exact)
    columns = (column for item in exact for column in _exact(item, questionnaire))
    return coded.with_columns(written).with_columns(columns).select(_names(questionnaire))


def _names(questionnaire: Questionnaire) -> list[str]:
    return [variable.name for variable in variables_of(questionnaire)]


def _written(item: Item) -> str:
    return f"{item.code}:written"


def _exact(item: Item, questionnaire: Questionnaire) -> Iterator[pl.Expr]:
    """Yield the number or date, and the column that says whether there is one, and if not, why."""
    written = pl.col(_written(item))
    is_asked = asked(item, questionnaire=questionnaire)
    gap = pl.when(~is_asked).then(NOT_ASKED).when(written.is_not_null()).then(GIVEN).otherwise(pl.col(item.code))
    yield gap.cast(pl.Int8).alias(gap_of(item))
    yield (written.str.to_date("%Y-%m-%d") if item.kind == "date" else written.cast(_number(item))).alias(item.code)


def _number(item: Item) -> pl.DataType:
    return pl.Int64() if item.whole else NUMBER
