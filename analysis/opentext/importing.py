"""Service: codings from a file, all or none; what is there already is left alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.coding import Applied
from analysis.opentext.answers import Answer, text_items
from analysis.opentext.frames import applied_as_kept, applied_of
from analysis.opentext.models import Coding
from analysis.opentext.work import Work, work_on
from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused, Line
from survey.models import Wave
from survey.schema.source import Problem

IMPORTED = declare("coding.imported", "Imported codings")
COLUMNS = ("coder", "board", "item", "code", "passage")
Key = tuple[str, str, str]  # coder, board, item


@dataclass(frozen=True)
class ImportedCodings:
    """How many codings the file brought, and how many were there already."""

    added: int
    unchanged: int

    def __str__(self) -> str:
        return f"{self.added} codings added, {self.unchanged} already there"


@transaction.atomic
def import_codings(wave: Wave, content: bytes, *, by: User | None, now: datetime) -> ImportedCodings:
    """Each coder's codes of each board, as if coded on the page. FileRefused names every bad line.

    A line without a code says that none applies; one without a passage that the code is on the whole answer.
    """
    lines = read_lines(content, required=COLUMNS)
    grouped: dict[Key, list[Line]] = {}
    for line in lines:
        grouped.setdefault((line["coder"].strip(), line["board"].strip(), line["item"].strip()), []).append(line)
    codings = _read_all(_Reader(wave, {item for _, _, item in grouped}), grouped, now=now)
    Coding.objects.bulk_create(codings)
    found = ImportedCodings(len(codings), len(grouped) - len(codings))
    record(IMPORTED, by=by, subject=wave, wave=wave.slug, detail={"added": found.added}, now=now)
    return found


def _read_all(reader: "_Reader", grouped: Mapping[Key, Sequence[Line]], *, now: datetime) -> list[Coding]:
    """The codings that are not there yet; FileRefused with what is wrong with each that cannot be."""
    codings: list[Coding] = []
    problems: list[Problem] = []
    for key, lines in grouped.items():
        try:
            coding = reader.read(key, lines, now=now)
        except _Wrong as wrong:
            problems.append(wrong.problem)
        else:
            codings += [coding] if coding else []
    if problems:
        raise FileRefused(problems)
    return codings


class _Wrong(Exception):
    """A line that cannot be a coding."""

    def __init__(self, line: Line, column: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = line.problem("C001", column, message, hint)


class _Reader:
    """Reads the lines of one answer by one coder."""

    def __init__(self, wave: Wave, items: set[str]) -> None:
        known = {item.code for item in text_items(wave.questionnaire)}
        self.works: Mapping[str, Work] = {item: work_on(wave, item) for item in sorted(items & known)}
        self.returns = dict(_returns(wave))

    def read(self, key: Key, lines: Sequence[Line], *, now: datetime) -> Coding | None:
        """The coding, or nothing where it is there already."""
        coder, board, item = key
        work, line = self.works.get(item), lines[0]
        if work is None or work.frame is None:
            raise _Wrong(line, "item", f"{item} has no coding frame", "Import its frame first")
        person = next((each for each in work.people if each.email == coder), None)
        if person is None:
            raise _Wrong(line, "coder", f"{coder} does not code {item}", "Name the coders first")
        return_id = self.returns.get(board)
        answer = next((each for each in work.answers_for(person) if each.return_id == return_id), None)
        if answer is None:
            hint = "Use the board’s short name, or the return’s name in the file it came from"
            raise _Wrong(line, "board", f"{board} has no answer to {item} that {coder} codes", hint)
        applied = [found for each in lines if (found := self._applied(work, answer, each))]
        before = work.coding(person, answer)
        if before is not None and set(applied_of(before.applied)) == set(applied):
            return None
        if work.stands(person, answer):
            raise _Wrong(line, "coder", f"{coder} was done with {item}", "What they coded stands")
        return _coding(work, answer, applied, by=person, now=now)

    def _applied(self, work: Work, answer: Answer, line: Line) -> Applied | None:
        code, passage = line["code"].strip(), line["passage"]
        if not code:
            return None
        if code not in {each.key for each in work.codes if not each.is_retired}:
            raise _Wrong(line, "code", f"The frame has no code {code}", "Use the key of a code of the frame")
        start = answer.text.find(passage)
        if start < 0:
            raise _Wrong(line, "passage", f"The answer of {line['board']} does not say this", "Copy it word for word")
        return Applied(code, start, start + len(passage)) if passage else Applied(code)


def _returns(wave: Wave) -> Iterator[tuple[str, UUID]]:
    """Returns by the short name of the board, and by their name in the file they came from."""
    for key, slug, name in wave.returns.values_list("pk", "board__slug", "legacy_id"):
        yield from ((each, key) for each in (slug, name) if each)


def _coding(work: Work, answer: Answer, applied: Sequence[Applied], *, by: User, now: datetime) -> Coding:
    return Coding(
        survey_return_id=answer.return_id,
        item=work.item.code,
        text_digest=answer.digest,
        frame=work.frame,
        applied=applied_as_kept(tuple(applied)),
        is_from_file=True,
        made_by=by,
        made_at=now,
    )
