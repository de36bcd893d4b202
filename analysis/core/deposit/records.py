"""The records that are deposited: one for each return, by its group instead of its board, without words and days."""

import polars as pl

from analysis.core.cube import STRATA
from analysis.core.deposit.columns import DataColumn, group_column
from survey.schema.codes import NOT_ANSWERED


def records_of(frame: pl.DataFrame, *, columns: tuple[DataColumn, ...]) -> pl.DataFrame:
    """Return the records in the order of the extract, which is one of chance; its columns are those of `columns_of`.

    `frame` is an extract: strata, then the columns of its questionnaire. A date becomes its year, a number one with
    decimals. Raises polars' InvalidOperationError for a return whose level is in no group.
    """
    return frame.select(_expression(column) for column in columns)


def _expression(column: DataColumn) -> pl.Expr:
    match column.kind:
        case "case":
            return pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias(column.name)
        case "group":
            return _grouped(column)
        case "number":
            return pl.col(column.code).cast(pl.Float64).alias(column.name)
        case "year":
            return pl.col(column.code).dt.year().alias(column.name)
        case _:
            return pl.col(column.code).fill_null(NOT_ANSWERED).alias(column.name)


def _grouped(column: DataColumn) -> pl.Expr:
    stratum = next(each for each in STRATA if group_column(each) == column.name)
    place = {level: number for number, levels in enumerate(column.levels, 1) for level in levels}
    return pl.col(stratum).cast(pl.String).fill_null("").replace_strict(place, return_dtype=pl.Int8).alias(column.name)
