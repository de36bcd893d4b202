"""What an import would do to the register, row by row, before anything is done. Pure: reads lines and a snapshot."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from json import JSONEncoder

from respondents.register.days import day_in
from respondents.register.history import ChangeKind, Subject, Value, Values
from respondents.register.snapshot import Fields, Snapshot
from respondents.register.tables import DATES, RegisterTables, columns_given, kind_named
from respondents.tabular.lines import Line

_CANONICAL = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
LEFT = "not in the file and left as they are"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the register that an import adds, changes or ends; `key` is the row's natural key."""

    subject: Subject
    key: tuple[str, ...]
    about: str
    kind: ChangeKind
    before: Fields
    after: Fields
    line: int | None = None

    @property
    def values(self) -> Values:
        """Each field with what stood there and what will."""
        return {name: [self.before.get(name), value] for name, value in self.after.items()}


@dataclass(frozen=True)
class Plan:
    """All that an import does, and what it leaves."""

    moves: list[Move] = field(default_factory=list)
    counts: dict[Subject, Counter[str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Of everything it does: the same plan has the same digest."""
        found = sha256()
        for move in self.moves:
            found.update(_CANONICAL.encode([move.subject, move.key, move.kind, move.values]).encode())
        return found.hexdigest()


_FIRST = (ChangeKind.REMOVED, ChangeKind.ENDED, ChangeKind.CHANGED, ChangeKind.ADDED)


def in_order(moves: Iterable[Move]) -> list[Move]:
    """As a person looks through them: what ends or changes first."""
    return sorted(moves, key=lambda move: _FIRST.index(move.kind))


def counts_of(made: Plan) -> dict[str, dict[str, int]]:
    """How many rows of each table the plan adds, changes, ends and leaves."""
    return {subject.value: dict(counts) for subject, counts in made.counts.items()}


def plan(tables: RegisterTables, found: Snapshot, *, ends_absent: bool, today: date) -> Plan:
    """The moves that make the register what the tables say; rows they do not mention are left, or ended today."""
    made = Plan()
    for subject, moves in (
        (Subject.AUTHORITY, _authorities(tables, found)),
        (Subject.BOARD, _boards(tables, found)),
        (Subject.APPOINTMENT, _chairs(tables, found)),
    ):
        _note(made, subject, moves)
    for subject, ended in _absent(tables, found, today=today):
        made.counts[subject][LEFT] = 0 if ends_absent else len(ended)
        made.moves.extend(ended if ends_absent else ())
    made.moves.extend(deprived(made.moves, found))
    return made


def _note(made: Plan, subject: Subject, moves: Iterator[Move | None]) -> None:
    """Counts what each line does, and keeps those that do something."""
    counts: Counter[str] = Counter()
    for move in moves:
        counts[move.kind.value if move else "unchanged"] += 1
        if move:
            made.moves.append(move)
    made.counts[subject] = counts


def _authorities(tables: RegisterTables, found: Snapshot) -> Iterator[Move | None]:
    lines = tables.authorities or []
    names = ["name", "authority_type", "region", *columns_given(lines, DATES)]
    for line in lines:
        after = {name: _cell(line, name) for name in names}
        code = line["gss_code"]
        before = found.authorities.get(code)
        yield _move(Subject.AUTHORITY, (code,), about=line["name"], before=before, after=after, line=line)


def _boards(tables: RegisterTables, found: Snapshot) -> Iterator[Move | None]:
    lines = tables.boards or []
    names = ["name", "area_name", "region", "authority_type", *columns_given(lines, DATES)]
    for line in lines:
        after: dict[str, Value] = {name: _cell(line, name) for name in names}
        after["authorities"] = line["authorities"].split(";") if line["authorities"] else []
        slug = line["slug"]
        before = found.boards.get(slug)
        yield _move(Subject.BOARD, (slug,), about=line["name"], before=before, after=after, line=line)


def _chairs(tables: RegisterTables, found: Snapshot) -> Iterator[Move | None]:
    lines = tables.chairs or []
    given = columns_given(lines, ("chair_name", "until", "kind"))
    for line in lines:
        board, email = line["board"].strip(), line["chair_email"].strip().lower()
        begins = day_in(line["from"])
        key = (board, email, begins.isoformat() if begins else "")
        after: dict[str, Value] = {}
        if "chair_name" in given and line["chair_name"].strip():
            after["name"] = line["chair_name"].strip()
        if "until" in given:
            after["until"] = _day(line["until"])
        if "kind" in given:
            after["kind"] = kind_named(line["kind"])
        about = f"{line['chair_name'].strip() or email}, {board}"
        yield _move(Subject.APPOINTMENT, key, about=about, before=found.chairs.get(key), after=after, line=line)


def _move(
    subject: Subject, key: tuple[str, ...], *, about: str, before: Fields | None, after: Fields, line: Line
) -> Move | None:
    """What makes the row what the line says; nothing if it is so already."""
    if before is None:
        return Move(subject, key, about, ChangeKind.ADDED, {}, after, line.number)
    different = {name: value for name, value in after.items() if before.get(name) != value}
    if not different:
        return None
    is_end = different.keys() & {"ended_on", "until"} and len(different) == 1 and any(different.values())
    kind = ChangeKind.ENDED if is_end else ChangeKind.CHANGED
    return Move(subject, key, about, kind, {name: before.get(name) for name in different}, different, line.number)


def _absent(tables: RegisterTables, found: Snapshot, *, today: date) -> Iterator[tuple[Subject, list[Move]]]:
    """The rows of each table that was sent which it does not mention and which go on: how each would end today."""
    if tables.authorities is not None:
        codes = {line["gss_code"] for line in tables.authorities}
        yield Subject.AUTHORITY, list(_ends(Subject.AUTHORITY, found.authorities, codes, today))
    if tables.boards is not None:
        slugs = {line["slug"] for line in tables.boards}
        yield Subject.BOARD, list(_ends(Subject.BOARD, found.boards, slugs, today))
    if tables.chairs is not None:
        yield Subject.APPOINTMENT, list(_appointments_end(tables.chairs, found, today))


def _ends(subject: Subject, rows: dict[str, dict[str, Value]], mentioned: set[str], today: date) -> Iterator[Move]:
    for key, row in rows.items():
        if key not in mentioned and row["ended_on"] is None:
            begun = row["started_on"]
            first = date.fromisoformat(begun) + timedelta(days=1) if isinstance(begun, str) else today
            after: Fields = {"ended_on": max(today, first).isoformat()}
            yield Move(subject, (key,), str(row["name"]), ChangeKind.ENDED, {"ended_on": None}, after)


def _appointments_end(lines: Iterable[Line], found: Snapshot, today: date) -> Iterator[Move]:
    mentioned = {(line["board"].strip(), line["chair_email"].strip().lower(), _day(line["from"])) for line in lines}
    yesterday = (today - timedelta(days=1)).isoformat()
    for key, row in found.chairs.items():
        if key not in mentioned and row["until"] is None:
            after: Fields = {"until": max(yesterday, key[2])}
            about = f"{row['name'] or key[1]}, {key[0]}"
            yield Move(Subject.APPOINTMENT, key, about, ChangeKind.ENDED, {"until": None}, after)


def deprived(moves: Iterable[Move], found: Snapshot) -> list[Move]:
    """Boards that lose an authority to another board without a word about them in the file."""
    board_moves = {move.key[0]: move for move in moves if move.subject == Subject.BOARD}
    takers = {code for move in board_moves.values() for code in move.after.get("authorities") or ()}
    if not takers:
        return []
    losing = []
    for slug, row in found.boards.items():
        before = [str(code) for code in row["authorities"] or ()]
        kept = [code for code in before if code not in takers]
        if kept == before or (slug in board_moves and "authorities" in board_moves[slug].after):
            continue
        fields: Fields = {"authorities": before}
        losing.append(Move(Subject.BOARD, (slug,), str(row["name"]), ChangeKind.CHANGED, fields, {"authorities": kept}))
    return losing


def _cell(line: Line, name: str) -> Value:
    return _day(line[name]) if name in DATES else line[name]


def _day(text: str) -> str | None:
    day = day_in(text)
    return day.isoformat() if day else None
