"""The ten tables as a workbook, warm, beside the least that must be done: the same cells with the bare library.

    python -m bench.workbook [--rounds 15]

Bare xlsxwriter writes the same texts and numbers into as many sheets, without formats, tables or widths.
"""

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bench.quiet import wait_for_quiet

if TYPE_CHECKING:
    from analysis.outputs.table_set import TableSet


Sheets = dict[str, list[list[int | str]]]


def main() -> None:
    """Measures all ways in turn, after one warm-up each, and prints medians and their ratio to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    os.environ |= {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    ways = _ways()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=5)
            taken[name].append(_seconds(way))
    _tell({name: statistics.median(each) for name, each in taken.items()}, {name: len(ways[name]()) for name in ways})


def _tell(medians: dict[str, float], sizes: dict[str, int]) -> None:
    last = list(medians.values())[-1]
    for name, seconds in medians.items():
        found = {"cpu_ms": round(1000 * seconds, 1), "ratio_to_the_last": round(seconds / last, 2)}
        print(json.dumps({"way": name, **found, "kB": round(sizes[name] / 1000)}))


def _ways() -> dict[str, Callable[[], bytes]]:
    from analysis.outputs.formats import FORMATS

    made = _ten_tables()
    sheets = _cells(made)
    return {
        "XLSX": lambda: FORMATS["xlsx"].render(made),
        "ODS": lambda: FORMATS["ods"].render(made),
        "bare xlsxwriter": lambda: _bare(sheets),
    }


def _ten_tables() -> "TableSet":
    from analysis.outputs.table_set import Cover, TableSet
    from tests.golden import published

    return TableSet(tuple(published.tables()), Cover(published.plan().title, date(2012, 5, 14), "A department"))


def _cells(made: "TableSet") -> Sheets:
    """What stands in every cell, found before anything is measured."""
    from analysis.outputs.workbook.layout import layout_of
    from analysis.outputs.workbook.making import book_of
    from analysis.outputs.workbook.placing import rows_of
    from analysis.outputs.workbook.values import Marked, text_of

    return {
        page.name: [
            [content.number if isinstance(content, Marked) else text_of(content) for content, _ in row.cells]
            for row in rows_of(page, layout_of(page))
        ]
        for page in book_of(made).pages
    }


def _bare(sheets: Sheets) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as file:
        for name, rows in sheets.items():
            sheet = file.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, content in enumerate(row):
                    if isinstance(content, int):
                        sheet.write_number(at, place, content)
                    else:
                        sheet.write_string(at, place, content)
    return target.getvalue()


def _seconds(way: Callable[[], bytes]) -> float:
    start = time.process_time()
    way()
    return time.process_time() - start


if __name__ == "__main__":
    main()
