"""Service: imports a file of returns into a wave, all of them or none; the same file twice changes nothing."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.people import clean_email, ensure_person
from respondents.register.models import AuthorityType, Region
from respondents.returns.models import Return, Save, SaveSource, Submission
from respondents.returns.saving import CHANGED, Entry, chain_save
from respondents.returns.submitting import next_submission, seal
from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused, Line
from survey.models import Wave
from survey.schema.answers import InvalidAnswer, Value, parse
from survey.schema.codes import REFUSED_RAW
from survey.schema.document import Item, Questionnaire
from survey.schema.source import Problem

REQUIRED = ("return_id", "board")
ABOUT = ("authority_type", "region", "chair", "submitted_at", "minutes_taken")
LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class ImportOutcome:
    """How many returns the file brought, and how many were there already."""

    added: int
    unchanged: int

    def __str__(self) -> str:
        return f"{self.added} returns added, {self.unchanged} already there"


@dataclass
class Row:
    """One line of the file, read: which return it is and what it answers."""

    line: Line
    values: dict[str, Value] = field(default_factory=dict)
    submitted_at: datetime | None = None
    minutes_taken: int | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def legacy_id(self) -> str:
        """The name of the return in the file."""
        return self.line["return_id"].strip()

    @property
    def board(self) -> str:
        """The slug of the board, or nothing for an unattributed return."""
        return self.line["board"].strip()

    def refuse(self, problem_id: str, column: str, message: str, hint: str) -> None:
        """Notes a bad cell."""
        self.problems.append(self.line.problem(problem_id, column, message, hint))


def import_returns(wave: Wave, content: bytes, *, now: datetime, dry_run: bool = False) -> ImportOutcome:
    """Stores every row as a submitted return; FileRefused names every bad cell, and then nothing is stored."""
    questionnaire = wave.questionnaire
    lines = read_lines(content, required=REQUIRED, optional=(*ABOUT, *questionnaire.items))
    rows = [_read_row(line, questionnaire) for line in lines]
    _refuse_repeats(rows)
    with transaction.atomic():
        frame = {found.board.slug: found for found in _frame(wave) if found.board}
        legacy = {
            found.legacy_id: found for found in wave.returns.exclude(legacy_id="").select_for_update(of=("self",))
        }
        fresh = [row for row in rows if not _is_there_already(row, frame, legacy)]
        problems = [problem for row in rows for problem in row.problems]
        if problems:
            raise FileRefused(problems)
        if not dry_run:
            _store(wave, fresh, frame, now=now)
    return ImportOutcome(added=len(fresh), unchanged=len(rows) - len(fresh))


def _frame(wave: Wave) -> Iterator[Return]:
    found = wave.returns.in_frame().select_related("board").select_for_update(of=("self",))
    return iter(found)


def _read_row(line: Line, questionnaire: Questionnaire) -> Row:
    row = Row(line)
    if not row.legacy_id:
        row.refuse("I001", "return_id", "The row has no return_id", "Give each row its own")
    _read_stratum(row, "authority_type", AuthorityType.values)
    _read_stratum(row, "region", Region.values)
    _read_about(row)
    for code, item in questionnaire.items.items():
        if text := line[code]:
            _read_answer(row, item, text)
    return row


def _read_answer(row: Row, item: Item, text: str) -> None:
    # In a file “refused” is a word of the questionnaire in every column; on a page it may be what somebody wrote.
    is_words = item.kind == "multiple" or text.strip() == REFUSED_RAW
    raw = [part.strip() for part in text.split(LIST_SEPARATOR)] if is_words else text
    try:
        row.values[item.code] = parse(item, raw)
    except InvalidAnswer as error:
        row.refuse("I002", item.code, str(error), "Correct the cell or leave it empty")


def _read_stratum(row: Row, column: str, allowed: Sequence[str]) -> None:
    if (stated := row.line[column].strip()) and stated not in allowed:
        row.refuse("I003", column, f"“{stated}” is not known", f"Use one of: {', '.join(allowed)}; or leave it empty")


def _read_about(row: Row) -> None:
    if chair := row.line["chair"].strip():
        try:
            clean_email(chair)
        except ValidationError as error:
            row.refuse("I004", "chair", error.messages[0], "Correct the address or leave the cell empty")
    if moment := row.line["submitted_at"].strip():
        try:
            row.submitted_at = datetime.fromisoformat(moment)
        except ValueError:
            row.submitted_at = None
        if row.submitted_at is None or row.submitted_at.tzinfo is None:
            row.refuse(
                "I005", "submitted_at", f"“{moment}” is not a time with its zone", "Write 2012-02-23T09:30:00+00:00"
            )
    if minutes := row.line["minutes_taken"].strip():
        if minutes.isascii() and minutes.isdigit() and int(minutes) < 100_000:
            row.minutes_taken = int(minutes)
        else:
            row.refuse(
                "I006", "minutes_taken", f"“{minutes}” is not a whole number of minutes", "Write 45, or leave it empty"
            )


def _refuse_repeats(rows: list[Row]) -> None:
    """Two rows with one name, or two rows for one board, are a conflict to settle, not two returns."""
    names: dict[str, int] = {}
    boards: dict[str, int] = {}
    for row in rows:
        if (before := names.setdefault(row.legacy_id, row.line.number)) != row.line.number and row.legacy_id:
            row.refuse(
                "I007", "return_id", f"{row.legacy_id} stands on line {before} already", "Remove one of the two rows"
            )
        if row.board and (before := boards.setdefault(row.board, row.line.number)) != row.line.number:
            row.refuse("I008", "board", f"{row.board} has a return on line {before} already", "Decide which one counts")


def _is_there_already(row: Row, frame: Mapping[str, Return], legacy: Mapping[str, Return]) -> bool:
    """Whether this very row was imported before; notes on the row what does not fit the wave."""
    known = legacy.get(row.legacy_id)
    if row.board and row.board not in frame:
        _refuse_unknown_board(row, frame)
    elif row.board:
        _compare_strata(row, frame[row.board])
    if known is not None:
        same = known.values == row.values and (known.board.slug if known.board else "") == row.board
        if not same:
            hint = "A return is not changed by importing; amend it on its own pages, or correct the row"
            row.refuse("I009", "return_id", f"{row.legacy_id} was imported before with other content", hint)
        return same
    if row.board in frame and frame[row.board].version:
        row.refuse(
            "I010", "board", f"{row.board} has answered already", "Remove the row: what a board answered is kept"
        )
    return False


def _refuse_unknown_board(row: Row, frame: Mapping[str, Return]) -> None:
    near = difflib.get_close_matches(row.board, frame, n=1)
    hint = f"Did you mean {near[0]}?" if near else "Use the slug of a board in the wave's frame, or leave it empty"
    row.refuse("I011", "board", f"“{row.board}” is not a board in this wave", hint)


def _compare_strata(row: Row, found: Return) -> None:
    for column in ("authority_type", "region"):
        stated, known = row.line[column].strip(), getattr(found, column)
        if stated and stated != known:
            row.refuse(
                "I012",
                column,
                f"“{stated}” contradicts the frame",
                f"The frame has “{known}”; correct it or leave it empty",
            )


def _store(wave: Wave, rows: list[Row], frame: Mapping[str, Return], *, now: datetime) -> None:
    """Writes returns, saves and submissions in a few statements, however many rows there are."""
    loose: list[Return] = []
    chaired: list[Return] = []
    saves: list[Save] = []
    submissions: list[Submission] = []
    people: dict[str, User] = {}
    for row in rows:
        found = frame[row.board] if row.board else _unattributed(wave, row)
        (chaired if row.board else loose).append(found)
        found.legacy_id = row.legacy_id
        moment = row.submitted_at or now
        person = _chair(row, people)
        saves.append(chain_save(found, row.values, entry=Entry(person, moment, SaveSource.IMPORT)))
        submission = next_submission(found, person=person, now=moment)
        # Legacy returns are kept as they were sent: a text stays even where routing would not have opened it.
        submission.texts = dict(found.texts)
        submission.minutes_taken = row.minutes_taken
        submissions.append(seal(submission, questionnaire=wave.questionnaire))
    Return.objects.bulk_create(loose, batch_size=500)
    fields = ("legacy_id", *CHANGED, "submitted_version", "submitted_at")
    Return.objects.bulk_update(chaired, fields, batch_size=100)
    Save.objects.bulk_create(saves, batch_size=500)
    Submission.objects.bulk_create(submissions, batch_size=500)


def _unattributed(wave: Wave, row: Row) -> Return:
    return Return(wave=wave, authority_type=row.line["authority_type"].strip(), region=row.line["region"].strip())


def _chair(row: Row, people: dict[str, User]) -> User | None:
    email = row.line["chair"].strip().lower()
    if email and email not in people:
        people[email] = ensure_person(email)
    return people.get(email)
