"""What must be true whatever happened: of one return, and of all that a crowd of respondents noted for itself."""

import json
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db.models import F, Sum

from accounts.audit.checking import check_chain
from accounts.leases import UNFINISHED
from accounts.models import User
from accounts.outbox.models import Message
from respondents.returns.checking import check_submissions
from respondents.returns.models import Return, Save, Submission
from respondents.returns.saving import save_digest
from respondents.returns.submitting import submission_digest
from survey.schema.answers import Value, raw


def check_whole(found: Return) -> None:
    """The return is what its saves say, each chained to the one before; its submissions are numbered and sealed."""
    found.refresh_from_db()
    saves = list(found.saves.order_by("version"))
    assert [save.version for save in saves] == list(range(1, found.version + 1))
    values: dict[str, Value] = {}
    digest = ""
    for save in saves:
        assert save.previous_digest == digest
        assert save.digest == save_digest(save)
        assert {item: values.get(item) for item in save.changes} == {i: c[0] for i, c in save.changes.items()}
        values |= {item: change[1] for item, change in save.changes.items()}
        digest = save.digest
    assert found.values == {item: value for item, value in values.items() if value is not None}
    assert found.last_digest == digest
    submissions = list(found.submissions.order_by("number"))
    assert [submission.number for submission in submissions] == list(range(1, len(submissions) + 1))
    assert all(submission.digest == submission_digest(submission) for submission in submissions)
    assert Submission.objects.counting().filter(survey_return=found).count() == min(len(submissions), 1)
    assert found.submitted_version == (submissions[-1].version if submissions else None)


def history(found: Return, item: str) -> list[Value]:
    """Every value the item ever had, and every one that somebody gave up for another's."""
    values: list[Value] = []
    for save in found.saves.order_by("version"):
        values += [save.changes[item][1]] if item in save.changes else []
        values += [save.set_aside[item]] if item in save.set_aside else []
    return values


def people_of(found: Return) -> list[User]:
    """Those who may change it."""
    assert found.board is not None
    return [appointment.person for appointment in found.board.appointments.select_related("person").order_by("pk")]


@dataclass
class Entry:
    """Something a respondent sent: what, in which order, and the version in which the server said it was saved."""

    number: int
    return_id: str
    sent: dict[str, str]
    version: int | None = None


@dataclass
class Ledger:
    """What the respondents noted for themselves: everything sent, everything acknowledged; a line each on disk."""

    file: Path | None = None
    entries: list[Entry] = field(default_factory=list)
    submissions: list[tuple[str, int, int]] = field(default_factory=list)  # return, version, number
    receipts: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # return and version: references seen
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def sent(self, return_id: str, values: dict[str, str]) -> Entry:
        """Noted before it leaves."""
        with self.lock:
            entry = Entry(len(self.entries), return_id, dict(values))
            self.entries.append(entry)
            self._write("sent", asdict(entry))
        return entry

    def acknowledged(self, entry: Entry, *, version: int) -> None:
        """Noted once the server has said that it is saved."""
        with self.lock:
            entry.version = version
            self._write("acknowledged", {"number": entry.number, "version": version})

    def submitted(self, return_id: str, *, version: int, number: int) -> None:
        """Noted once the server has said that it is received."""
        with self.lock:
            self.submissions.append((return_id, version, number))
            self._write("submitted", {"return": return_id, "version": version, "number": number})

    def received(self, return_id: str, *, version: int, reference: str) -> None:
        """Noted once a receipt was seen."""
        with self.lock:
            self.receipts.setdefault((return_id, version), set()).add(reference)
            self._write("received", {"return": return_id, "version": version, "reference": reference})

    @property
    def acknowledgements(self) -> int:
        """How many saves and submissions the server has acknowledged."""
        return sum(entry.version is not None for entry in self.entries) + len(self.submissions)

    def has(self, count: int) -> bool:
        """Whether there are so many already."""
        return self.acknowledgements >= count

    def _write(self, what: str, fields: dict[str, object]) -> None:
        if self.file:
            with self.file.open("a") as file:
                file.write(json.dumps({"what": what, **fields}) + "\n")


def violations(ledger: Ledger, *, outbox: bool = True) -> list[str]:
    """Everything in which the database and the respondents' own ledger disagree, (a) to (f) of the experiments."""
    found = [problem for each in Return.objects.filter(version__gt=0) for problem in _of_return(each, ledger)]
    found += _lost_submissions(ledger)
    twice = Counter(Submission.objects.counting().values_list("survey_return__wave", "survey_return__board"))
    found += [f"(c) {pair} has {count} counting submissions" for pair, count in twice.items() if count > 1]
    versions, saves = Return.objects.aggregate(all=Sum("version"))["all"] or 0, Save.objects.count()
    found += [f"(d) versions come to {versions}, saves to {saves}"] if versions != saves else []
    found += [f"(e) audit: {problem}" for problem in [check_chain().problem] if problem]
    found += [f"(e) submission: {problem}" for problem in check_submissions().problems]
    left = Message.objects.filter(state__in=UNFINISHED).count() if outbox else 0
    return [*found, *([f"(f) {left} messages are in the outbox"] if left else [])]


def _of_return(found: Return, ledger: Ledger) -> Iterable[str]:
    mine = [entry for entry in ledger.entries if entry.return_id == str(found.pk)]
    try:
        check_whole(found)
    except AssertionError as error:
        yield f"(e) return {found.pk} is not whole: {str(error)[:200]}"
    known: set[tuple[str, str | list[str]]] = {(item, value) for entry in mine for item, value in entry.sent.items()}
    saves = list(found.saves.order_by("version"))
    items = found.wave.questionnaire.items
    stored = {(item, raw(items[item], change[1])) for save in saves for item, change in save.changes.items()}
    yield from (f"(b) {found.pk} holds {item}, which nobody sent" for item, _ in sorted(stored - known))
    for entry in mine:
        lost = {each for each in entry.sent.items() if each not in stored} if entry.version is not None else ()
        yield from (f"(a) {found.pk} lost {item} of version {entry.version}" for item, _ in lost)
    yield from _not_the_last(found, mine)


def _not_the_last(found: Return, mine: list[Entry]) -> Iterable[str]:
    """What stands must be what was acknowledged last, or something sent after that."""
    for item in {item for entry in mine for item in entry.sent}:
        of_item = [entry for entry in mine if item in entry.sent]
        last = max((place for place, entry in enumerate(of_item) if entry.version is not None), default=None)
        allowed = {entry.sent[item] for entry in of_item[last or 0 :]} | ({""} if last is None else set())
        if raw(found.wave.questionnaire.items[item], found.values.get(item)) not in allowed:
            yield f"(a) {found.pk} shows an older {item} than was acknowledged"


def _lost_submissions(ledger: Ledger) -> Iterable[str]:
    kept = Submission.objects.values_list("survey_return_id", "version", "number")
    stored = {(str(return_id), version, number) for return_id, version, number in kept}
    yield from (f"(a) the submission {each} is gone" for each in set(ledger.submissions) - stored)
    pairs = Submission.objects.values_list("survey_return_id", "version", "reference")
    references = {(str(return_id), version): reference for return_id, version, reference in pairs}
    for key, seen in ledger.receipts.items():
        if seen != {references.get(key)}:
            yield f"(a) the receipts of {key} say {sorted(seen)}, the database {references.get(key)}"
    later = Submission.objects.filter(version__gt=F("survey_return__version")).count()
    yield from [f"(b) {later} submissions are of versions that no return has"] if later else []
