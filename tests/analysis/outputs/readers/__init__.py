"""Readers of every format in which tables leave, none of which shares code with its writer.

To add a format: write a function that reads it into `Figures`, and name it in READERS. Every test of
`test_every_format.py` then holds for it.
"""

from collections.abc import Callable, Mapping

from analysis.outputs.table_set import TableSet
from tests.analysis.outputs.readers.figures import Figures
from tests.analysis.outputs.readers.page import read_article, read_page
from tests.analysis.outputs.readers.report import read_report
from tests.analysis.outputs.readers.tidy import read_csv, read_json, read_json_stat
from tests.analysis.outputs.readers.word import read_word
from tests.analysis.outputs.readers.workbook import read_ods, read_xlsx

READERS: Mapping[str, Callable[[TableSet], Figures]] = {
    "web page": read_page,
    "report on screen": read_article,
    "report as PDF": read_report,
    "report as Word": read_word,
    "csv": read_csv,
    "json": read_json,
    "jsonstat.json": read_json_stat,
    "xlsx": read_xlsx,
    "ods": read_ods,
}
