"""Tables as tidy CSV: one line for each figure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields, replace

from analysis.core.table import Table
from analysis.core.tidy import TidyRow, tidy_rows
from respondents.tabular.guarding import guarded


def tidy_csv(tables: Iterable[Table]) -> str:
    """Return a header and a line for each figure; no field can be taken for a formula by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(TidyRow))
    writer.writerows(map(_safe_line, tidy_rows(tables)))
    return text.getvalue()


def _safe_line(row: TidyRow) -> tuple[str | int | None, ...]:
    for identifier in (row.table, row.row, row.column):
        if not identifier[:1].isalnum():
            raise ValueError(f"{identifier!r} is no id: it must begin with a letter or a digit.")
    return astuple(replace(row, note=guarded(row.note)))
