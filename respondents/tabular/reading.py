"""Tables from files that people made, whatever they were saved as: told by what is in them, not by their name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from respondents.tabular.csv_lines import decode, read_records
from respondents.tabular.guarding import unguarded
from respondents.tabular.lines import FileRefused, Line, Record, lines_from, refused
from respondents.tabular.xlsx_rows import read_sheets

MAX_ROWS = 200_000
WINDOWS = "cp1252"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"<!DO": "a web page",
    b"<htm": "a web page",
}


class LettersUnsure(FileRefused):
    """Text that is not UTF-8; `sample` is how its first such line would read as Windows-1252, for a person to judge."""

    def __init__(self, why: FileRefused, sample: str) -> None:
        super().__init__(why.problems)
        self.sample = sample


@dataclass(frozen=True)
class Table:
    """One table as it stands in a file: what the sheet or file is called, and its records."""

    name: str
    records: Sequence[Record]

    @property
    def heads(self) -> list[str]:
        """The names of its columns."""
        return [head.strip() for head in self.records[0][1]]

    def lines(self, *, required: Collection[str], optional: Collection[str] = ()) -> list[Line]:
        """Its lines by column, or FileRefused with every problem of its shape."""
        return lines_from(self.records, required=required, optional=optional)


def read_table(
    content: bytes, *, name: str, required: Collection[str], optional: Collection[str] = (), encoding: str = ""
) -> list[Line]:
    """The lines of a file that holds one table; FileRefused with every problem, by line."""
    tables = read_tables(content, name=name, known=[*required, *optional], encoding=encoding)
    return tables[0].lines(required=required, optional=optional)


def read_tables(content: bytes, *, name: str, known: Collection[str], encoding: str = "") -> list[Table]:
    """Every table of a workbook, or the one of a CSV file. `known` are columns by which its delimiter is told.

    LettersUnsure for CSV that is not UTF-8, unless `encoding` says WINDOWS; FileRefused for all that is no table.
    """
    _refuse_others(content)
    if content.startswith(b"PK\x03\x04"):
        tables = [Table(title, rows) for title, rows in read_sheets(content)]
        if not tables:
            raise refused("The workbook is empty", "Export it again")
        return tables
    return [Table(name, _csv_records(content, known=known, encoding=encoding))]


def _csv_records(content: bytes, *, known: Collection[str], encoding: str) -> list[Record]:
    text = _decode(content, encoding=encoding)
    records = list(islice(read_records(text, known=known), MAX_ROWS + 2))
    if len(records) > MAX_ROWS + 1:
        raise refused(f"More than {MAX_ROWS:,} rows", "Check that it is the right file", line=records[-1][0])
    return [(number, [unguarded(cell) for cell in cells]) for number, cells in records]


def _decode(content: bytes, *, encoding: str) -> str:
    try:
        return decode(content, encoding=encoding)
    except FileRefused as why:
        sample = _as_windows(content, why.problems[0].line)
        if encoding or not sample:
            raise
        raise LettersUnsure(why, sample) from None


def _as_windows(content: bytes, line: int | None) -> str:
    """How the line would read; nothing if it would not be text."""
    raw = content.split(b"\n")[(line or 1) - 1][:300].strip()
    try:
        text = raw.decode(WINDOWS)
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() or "\t" in text else ""


def _refuse_others(content: bytes) -> None:
    """Files that are neither text nor a workbook of today, each by its own name."""
    if content.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        message = "The workbook has a password" if is_locked else "A workbook of the old kind (.xls)"
        raise refused(message, f"Save it as “Excel Workbook (.xlsx)”{' without a password' if is_locked else ''}")
    for beginning, what in _NOT_TABLES.items():
        if content.startswith(beginning):
            raise refused(f"The file is {what}, not a table", "Choose a workbook (.xlsx) or a CSV file")
