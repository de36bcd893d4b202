"""Multiple choice as columns: one for each option, 1 where it was chosen and 0 where only others were."""

from collections.abc import Iterator

import polars as pl

from survey.schema.codes import NOT_ANSWERED
from survey.schema.document import Item, Option
from survey.schema.packing import CHOSEN, NOT_CHOSEN

__all__ = ["CHOSEN", "NOT_CHOSEN", "choices_of", "mark_of", "spread"]


def mark_of(item: Item, option: Option) -> str:
    """Return the name of the column that says whether this option was chosen."""
    return f"{item.code}:{option.code}"


def choices_of(item: Item) -> tuple[Option, ...]:
    """Return the options that are chosen from; don't know is a code of the whole item."""
    return item.choices


def spread(item: Item) -> Iterator[pl.Expr]:
    """Yield the columns of an item whose answers are JSON, each a list of values or one code that stands for none."""
    answer = pl.col(item.code)
    code = pl.when(answer.str.starts_with("[")).then(None).otherwise(answer).cast(pl.Int8).fill_null(NOT_ANSWERED)
    for option in choices_of(item):
        is_chosen = answer.str.contains(rf"[\[, ]{option.value}[, \]]")
        mark = pl.when(answer.str.starts_with("[")).then(is_chosen.cast(pl.Int8)).otherwise(code)
        yield mark.alias(mark_of(item, option))
