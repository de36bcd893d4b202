"""Records as files for programs of statistics: SPSS, Stata, Parquet and CSV, the same bytes for the same records.

Codes stay what they are in every file: -9 to -6 are no answers. SPSS is told so by one range; Stata, which has no such
thing, and the others by labels and metadata.
"""

import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Any, Final

from analysis.core.deposit.columns import HIGHEST, LOWEST, DataColumn
from analysis.core.deposit.described import Described
from analysis.outputs.csvw import CsvColumn, CsvFile, csvw

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPSS_MOMENT: Final = slice(92, 109)  # in the header of the file: two digits of the day, month, two of the year, time
STATA_MOMENT: Final = (b"<timestamp>\x11", 17)
STATA_RELEASE: Final = 14
SPSS_LABEL, SPSS_VALUE_LABEL, SPSS_TITLE = 250, 120, 64  # bytes
STATA_LABEL: Final = 80
SPSS_NOTE: Final = 60  # characters of a line, of which the format takes 80 bytes
DATATYPES: Final[Mapping[str, str]] = {"number": "decimal"}


def sav_of(data: Described) -> bytes:
    """Return an SPSS file: labels, measures, and -9 to -6 as one range of missing values of each column with codes."""
    import pyreadstat  # noqa: PLC0415 -- only what writes such a file needs it
    from pyreadstat.pyclasses import MissingRange  # noqa: PLC0415

    columns, no_answer = data.columns, MissingRange(lo=LOWEST, hi=HIGHEST)
    content = _written(
        "records.sav",
        lambda path: pyreadstat.write_sav(
            data.records,
            path,
            file_label=_cut(data.title, SPSS_TITLE),
            column_labels={each.name: _cut(each.label, SPSS_LABEL) for each in columns},
            note=[line for note in data.notes for line in wrap(note, SPSS_NOTE)],
            variable_value_labels={
                each.name: {code: _cut(label, SPSS_VALUE_LABEL) for code, label in each.labels.items()}
                for each in columns
                if each.labels
            },
            missing_ranges={each.name: [no_answer] for each in columns if each.missing},
            variable_measure={each.name: each.measure for each in columns},
            variable_format={each.name: _format(each) for each in columns},
        ),
    )
    return content[: SPSS_MOMENT.start] + _spss_moment(data.made) + content[SPSS_MOMENT.stop :]


def dta_of(data: Described) -> bytes:
    """Return a Stata file (release 118, Stata 14 and later) with labels; what is no answer is a labelled number."""
    import pyreadstat  # noqa: PLC0415 -- only what writes such a file needs it

    columns = data.columns
    content = _written(
        "records.dta",
        lambda path: pyreadstat.write_dta(
            data.records,
            path,
            file_label=_cut(data.title, STATA_LABEL),
            column_labels={each.name: _cut(each.label, STATA_LABEL) for each in columns},
            version=STATA_RELEASE,
            variable_value_labels={each.name: each.labels for each in columns if each.labels},
        ),
    )
    before, length = STATA_MOMENT
    start = content.index(before) + len(before)
    return content[:start] + _stata_moment(data.made) + content[start + length :]


def parquet_of(data: Described) -> bytes:
    """Return a Parquet file that carries the labels of its codes."""
    content = io.BytesIO()
    told = [
        {"name": each.name, "code": each.code, "label": each.label, "codes": each.codes, "missing": each.missing}
        for each in data.columns
    ]
    about = {"title": data.title, "codebook": json.dumps(told, ensure_ascii=False, default=dict)}
    data.records.write_parquet(content, metadata=about)
    return content.getvalue()


def csv_of(data: Described) -> bytes:
    """Return a CSV file (UTF-8, one header row) that holds the codes."""
    return data.records.write_csv().encode()


def csvw_of(data: Described) -> bytes:
    """Return what stands in the CSV file; -9 to -6 are no values there, and what each of them means is told."""
    about = CsvFile(
        url="records.csv",
        title=data.title,
        columns=tuple(map(_csv_column, data.columns)),
        key=(data.columns[0].name,),
        licence="",
        notes=data.notes,
    )
    return csvw(about).encode()


def _csv_column(column: DataColumn) -> CsvColumn:
    return CsvColumn(
        name=column.name,
        title=column.label,
        datatype=DATATYPES.get(column.kind, "integer"),
        required=column.kind in {"case", "group"},
        null=tuple(str(code) for code in sorted(column.missing)),
        notes=tuple(f"{code} = {label}" for code, label in column.labels.items()),
        id=column.code,
    )


def _written(name: str, write: Callable[[str], Any]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(str(path))
        return path.read_bytes()


def _format(column: DataColumn) -> str:
    return "F16.6" if column.kind == "number" else "F8.0"


def _cut(text: str, room: int) -> str:
    """As much of the text as has room in so many bytes."""
    whole = text.encode()
    return text if len(whole) <= room else whole[: room - 3].decode(errors="ignore") + "…"


def _spss_moment(made: datetime) -> bytes:
    return f"{made.day:02} {MONTHS[made.month - 1]} {made.year % 100:02}{made:%H:%M:%S}".encode()


def _stata_moment(made: datetime) -> bytes:
    return f"{made.day:02} {MONTHS[made.month - 1]} {made.year} {made:%H:%M}".encode()
