"""The tables a register is kept in outside: authorities, boards and chairs, told apart by their columns."""

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from respondents.register.models import Appointment, AppointmentKind
from respondents.tabular.lines import FileRefused, Line, problem_at
from respondents.tabular.reading import LettersUnsure, Table, read_tables
from survey.schema.source import Problem

DATES = ("started_on", "ended_on")
_CHAIR = ("chair_name", "chair_email", "from", "kind")


@dataclass(frozen=True)
class Shape:
    """What a table must have, what it may have, and what it may have without our needing it."""

    name: str
    required: Sequence[str]
    optional: Sequence[str]
    ignored: Sequence[str] = ()

    @property
    def known(self) -> list[str]:
        """Every column it may have."""
        return [*self.required, *self.optional, *self.ignored]


AUTHORITIES = Shape(
    "authorities file",
    ("gss_code", "name", "authority_type", "region"),
    DATES,
    ("ons_name", "ons_region", "dfe_la_number", "lscb_slug", "lscb_certainty", "gss_code_from_2013", "abolished_on"),
)
BOARDS = Shape(
    "boards file",
    ("slug", "name", "area_name", "region", "authority_type", "authorities"),
    (*DATES, *_CHAIR),
    ("authority_count", "joint", "certainty"),
)
CHAIRS = Shape("chairs file", ("board", "chair_email", "from"), ("chair_name", "until", "kind"))
SHAPES = (AUTHORITIES, BOARDS, CHAIRS)
_BY_COLUMN = {"gss_code": AUTHORITIES, "slug": BOARDS, "board": CHAIRS}


@dataclass(frozen=True)
class RegisterTables:
    """The lines of each table; nothing for a table that was not sent."""

    authorities: list[Line] | None = None
    boards: list[Line] | None = None
    chairs: list[Line] | None = None

    def packed(self) -> bytes:
        """The tables as bytes that can be kept."""
        named = {"authorities": self.authorities, "boards": self.boards, "chairs": self.chairs}
        plain = {
            name: lines if lines is None else [(line.number, line.cells) for line in lines]
            for name, lines in named.items()
        }
        return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), level=1)


def unpacked(packed: bytes) -> RegisterTables:
    """The tables from those bytes."""
    tables = json.loads(zlib.decompress(packed))
    return RegisterTables(**{name: lines and [Line(*line) for line in lines] for name, lines in tables.items()})


def tables_from(files: Iterable[tuple[str, bytes]], *, encoding: str = "") -> RegisterTables:
    """The tables in these files, whatever they are called; FileRefused with every problem, by file and line."""
    found: dict[str, list[Line]] = {}
    problems: list[Problem] = []
    for name, content in files:
        try:
            for table in read_tables(content, name=name, known=_every_column(), encoding=encoding):
                _take(table, found)
        except LettersUnsure:
            raise
        except FileRefused as refused:
            problems += in_file(name, refused.problems)
    if problems:
        raise FileRefused(problems)
    return with_chairs_of_boards(RegisterTables(*(found.get(shape.name) for shape in SHAPES)))


def _take(table: Table, found: dict[str, list[Line]]) -> None:
    """Notes the lines of one table; a sheet that says itself to be notes is passed over."""
    shape = next((shape for head, shape in _BY_COLUMN.items() if head in table.heads), None)
    if shape is None and table.heads == ["Sheet", "Note"]:
        return
    if shape is None:
        columns = " or ".join(f"“{head}”" for head in _BY_COLUMN)
        message = f"No table of a register: the first line of {table.name} has no column {columns}"
        raise FileRefused([problem_at("R010", "file", 1, message, "Name the columns as the export does")])
    if shape.name in found:
        message = f"{table.name} is a second {shape.name}"
        raise FileRefused([problem_at("R011", "file", 1, message, "Send each table once")])
    found[shape.name] = table.lines(required=shape.required, optional=[*shape.optional, *shape.ignored])


def _every_column() -> list[str]:
    return [column for shape in SHAPES for column in shape.known]


def in_file(file: str, problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, with the file's name in their place."""
    return [Problem(p.id, f"{file}, {p.place}", p.line, p.message, p.hint) for p in problems]


def with_chairs_of_boards(tables: RegisterTables) -> RegisterTables:
    """Boards may name their chair on their own line; that is a table of chairs too."""
    lines = tables.boards or []
    if not any("chair_email" in line.cells for line in lines):
        return tables
    chairs = [
        Line(line.number, {"board": line["slug"], **{name: line[name] for name in _CHAIR}})
        for line in lines
        if line["chair_email"].strip()
    ]
    return RegisterTables(tables.authorities, tables.boards, [*(tables.chairs or []), *chairs])


def kind_named(text: str) -> str | None:
    """The kind of appointment that a cell names; nothing if there is none such."""
    words = text.strip().lower() or AppointmentKind.CHAIR.label.lower()
    kinds = {name: kind for kind in AppointmentKind for name in (kind.value, kind.label.lower())}
    return kinds[words].value if words in kinds else None


def chair_row(appointment: Appointment) -> tuple[str, ...]:
    """An appointment as the chairs file has it."""
    until = appointment.until_date.isoformat() if appointment.until_date else ""
    person = appointment.person
    return (
        appointment.board.slug,
        person.name,
        person.email,
        appointment.from_date.isoformat(),
        until,
        appointment.kind,
    )


def columns_given(lines: Collection[Line], columns: Sequence[str]) -> list[str]:
    """Those of the columns that the table has at all."""
    return [column for column in columns if any(column in line.cells for line in lines)]
