"""Records with all that a file says of them."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from analysis.core.deposit.columns import DataColumn


@dataclass(frozen=True, eq=False)
class Described:
    """The records, their columns, what they are called; `made` stands in files that hold a moment."""

    title: str
    records: pl.DataFrame
    columns: tuple[DataColumn, ...]
    made: datetime
    notes: tuple[str, ...] = ()
