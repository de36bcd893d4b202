"""Tables as JSON: the records of the tidy CSV, and what a publication printed where it differs."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from analysis.core.table import Table
from analysis.core.tidy import TidyRow, tidy_rows

Place = tuple[str, str, str, str]


def tidy_json(tables: Iterable[Table]) -> str:
    """Return a list of records, one line each; `printed` and `erratum` are there only where a publication differs."""
    kept = tuple(tables)
    differing = _differing(kept)
    records = [asdict(row) | differing.get(_place(row), {}) for row in tidy_rows(kept)]
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _place(row: TidyRow) -> Place:
    return row.table, row.row, row.column, row.measure


def _differing(tables: Iterable[Table]) -> dict[Place, dict[str, str]]:
    return {
        (table.id, row.id, column.id, cell.printed.measure): {
            "printed": cell.printed.value,
            "erratum": cell.printed.erratum,
        }
        for table in tables
        for row, column, cell in table.differing
        if cell.printed is not None
    }
