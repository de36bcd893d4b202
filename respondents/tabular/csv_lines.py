"""Reading CSV files that people made: what is wrong is said by line, with the remedy."""

import csv
import io
from collections.abc import Collection, Iterator

from respondents.tabular.lines import Line, Record, lines_from, refused

MAX_BYTES = 50_000_000
_SAVE_AS_UTF8 = "Save it again as “CSV UTF-8 (comma delimited)”"
_DELIMITERS = (",", ";", "\t")


def read_lines(content: bytes, *, required: Collection[str], optional: Collection[str] = ()) -> list[Line]:
    """The file's records in order (blank lines left out), or FileRefused with every problem of its shape.

    Comma, semicolon and tab are told apart by the header; cells keep their text as it stands in the file.
    """
    return lines_from(read_records(decode(content), known=required), required=required, optional=optional)


def decode(content: bytes, *, encoding: str = "") -> str:
    """The text of the file: UTF-8, UTF-16 with its byte-order mark, or what a person has said; never guessed."""
    if len(content) > MAX_BYTES:
        raise refused(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB", "Split it, or check that it is the right file"
        )
    is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if is_utf16 else encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        byte = content[error.start]
        raise refused(
            f"Not UTF-8 text (byte 0x{byte:02X}, as in Windows-1252 or a picture)", _SAVE_AS_UTF8, line=number
        ) from None
    if "\0" in text:
        raise refused(
            "Not a text file: it holds NUL characters", _SAVE_AS_UTF8, line=text[: text.index("\0")].count("\n") + 1
        )
    if not text.strip():
        raise refused("The file is empty", "Export it again")
    return text


def read_records(text: str, *, known: Collection[str]) -> Iterator[Record]:
    """The records of the text, the blank ones left out, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, known), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise refused(
            f"Not well-formed CSV ({error})", "Check the quotation marks from this line on", line=start
        ) from None


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter with which the first line names most of the known columns."""
    header = text.lstrip().splitlines()[0]

    def found(delimiter: str) -> int:
        return len({name.strip().strip('"') for name in header.split(delimiter)} & set(known))

    return max(_DELIMITERS, key=found)
