"""Reading CSV files that people made: what is wrong is said by line, with the remedy."""

import csv
import difflib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from survey.schema.source import Problem

MAX_BYTES = 50_000_000
_SAVE_AS_UTF8 = "Save it again as “CSV UTF-8 (comma delimited)”"
_DELIMITERS = (",", ";", "\t")


class FileRefused(Exception):
    """Nothing was imported; every problem found in the file."""

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Line:
    """One record of a file: the line it begins on and its cells by column, trimmed nowhere."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, problem_id: str, column: str, message: str, hint: str) -> Problem:
        """A problem in one cell of this line."""
        return problem_at(problem_id, f"column {column}", self.number, message, hint)


def problem_at(problem_id: str, place: str, line: int | None, message: str, hint: str) -> Problem:
    """A problem whose message and hint are made whole sentences."""
    return Problem(problem_id, place, line, _sentence(message), _sentence(hint))


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."


def _refuse(message: str, hint: str, *, line: int | None = None) -> FileRefused:
    return FileRefused([problem_at("F001", "file", line, message, hint)])


def _decode(content: bytes) -> str:
    """The text of the file: UTF-8, or UTF-16 with its byte-order mark; anything else is refused, never guessed."""
    if len(content) > MAX_BYTES:
        raise _refuse(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB", "Split it, or check that it is the right file"
        )
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        byte = content[error.start]
        raise _refuse(
            f"Not UTF-8 text (byte 0x{byte:02X}, as in Windows-1252 or a picture)", _SAVE_AS_UTF8, line=number
        ) from None
    if "\0" in text:
        raise _refuse(
            "Not a text file: it holds NUL characters", _SAVE_AS_UTF8, line=text[: text.index("\0")].count("\n") + 1
        )
    return text


def _delimiter(header: str, required: Collection[str]) -> str:
    """The delimiter with which the first line names most of the required columns."""

    def found(delimiter: str) -> int:
        return len({name.strip().strip('"') for name in header.split(delimiter)} & set(required))

    return max(_DELIMITERS, key=found)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise _refuse(
            f"Not well-formed CSV ({error})", "Check the quotation marks from this line on", line=start
        ) from None


def _check_header(header: list[str], required: Collection[str], optional: Collection[str]) -> list[Problem]:
    known = [*required, *optional]
    problems = [
        problem_at(
            "F002",
            f"column {name}",
            1,
            "The column is missing",
            "Add it to the first line; columns may stand in any order",
        )
        for name in required
        if name not in header
    ]
    for position, name in enumerate(header):
        if name in header[:position]:
            problems.append(problem_at("F003", f"column {name}", 1, "The column stands twice", "Remove one of the two"))
        elif name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it, or correct its name"
            problems.append(problem_at("F004", f"column {name or '(no name)'}", 1, "This column is not known", hint))
    return problems


def read_lines(content: bytes, *, required: Collection[str], optional: Collection[str] = ()) -> list[Line]:
    """The file's records in order (blank lines left out), or FileRefused with every problem of its shape.

    Comma, semicolon and tab are told apart by the header; cells keep their text as it stands in the file.
    """
    text = _decode(content)
    if not text.strip():
        raise _refuse("The file is empty", "Export it again")
    records = _records(text, _delimiter(text.lstrip().splitlines()[0], required))
    header = [name.strip() for name in next(records)[1]]
    problems = _check_header(header, required, optional)
    if problems:
        raise FileRefused(problems)
    lines = []
    for number, cells in records:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the first line names {len(header)} columns"
            problems.append(problem_at("F005", "line", number, message, "Check for a missing or an unquoted delimiter"))
        lines.append(Line(number, dict(zip(header, cells, strict=False))))
    if problems:
        raise FileRefused(problems)
    return lines
