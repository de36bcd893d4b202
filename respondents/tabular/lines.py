"""One record of a file, and everything that can be wrong with the shape of a table."""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.schema.source import Problem

Record = tuple[int, Sequence[str]]


class FileRefused(Exception):
    """Nothing was imported; every problem found in the file."""

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
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


def refused(message: str, hint: str, *, line: int | None = None, place: str = "file") -> FileRefused:
    """A file that cannot be read at all, and why."""
    return FileRefused([problem_at("F001", place, line, message, hint)])


def lines_from(records: Iterable[Record], *, required: Collection[str], optional: Collection[str]) -> list[Line]:
    """The records below the first, which names the columns; or FileRefused with every problem of their shape."""
    rest = iter(records)
    header = [name.strip() for name in next(rest)[1]]
    problems = _check_header(header, required, optional)
    if problems:
        raise FileRefused(problems)
    lines = []
    for number, cells in rest:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the first line names {len(header)} columns"
            problems.append(problem_at("F005", "line", number, message, "Check for a missing or an unquoted delimiter"))
        lines.append(Line(number, dict(zip(header, cells, strict=False))))
    if problems:
        raise FileRefused(problems)
    return lines


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
