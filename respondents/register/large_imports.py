"""Services: small imports are checked and done at once; large ones become jobs for a worker, so that no page waits."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refusal
from respondents.register.history import ImportState, RegisterImport
from respondents.register.jobs import ImportFile, ImportJob, JobKind
from respondents.register.proposing import PreviewOutdated, apply_import, propose_import
from respondents.register.undoing import NotUndoable, undo_import, why_not_undoable

Files = Sequence[tuple[str, bytes]]
Ring = Callable[[UUID], None]
MOST_LINES, MOST_OF_A_WORKBOOK = 2_000, 100_000


class UnderWay(Refusal):
    """A worker is busy with the import."""

    title = "A worker is busy with this import"


def is_large(files: Files) -> bool:
    """Whether checking these files may take longer than a person waits for a page."""
    return sum(_lines(content) for _, content in files) > MOST_LINES


def _lines(content: bytes) -> int:
    """About how many lines a file has; of a workbook, which is compressed, only its size is known before it is read."""
    is_workbook = content.startswith(b"PK")
    return len(content) * MOST_LINES // MOST_OF_A_WORKBOOK if is_workbook else content.count(b"\n")


def send_files(
    files: Files, *, encoding: str, ends_absent: bool, by: User, now: datetime, ring: Ring
) -> RegisterImport:
    """A small import is there to be looked at, or FileRefused; a large one is checked by a worker."""
    if not is_large(files):
        return propose_import(files, encoding=encoding, ends_absent=ends_absent, by=by, now=now)
    with transaction.atomic():
        received = RegisterImport.objects.create(
            name=", ".join(name for name, _ in files)[:300],
            state=ImportState.CHECKING,
            ends_absent=ends_absent,
            tables=b"",
            sent_by=by,
            sent_at=now,
        )
        for name, content in files:
            ImportFile.objects.create(of_import=received, name=name, content=content)
        _queue(received, JobKind.CHECK, by=by, now=now, ring=ring, encoding=encoding)
    return received


@transaction.atomic
def confirm_import(import_id: int, *, digest: str, by: User, now: datetime, ring: Ring) -> RegisterImport:
    """A small import is done; a large one is done by a worker. PreviewOutdated if it is not what was looked at."""
    proposed = RegisterImport.objects.select_for_update().get(pk=import_id)
    if not proposed.digest:
        return apply_import(import_id, digest=digest, by=by, now=now)
    if proposed.state != ImportState.PROPOSED:
        raise PreviewOutdated(f"This import is {proposed.get_state_display().lower()} already.")
    if proposed.digest != digest:
        raise PreviewOutdated("The preview was made anew since you looked at it. Open it again and confirm that.")
    proposed.state, proposed.note, proposed.applied_by = ImportState.IMPORTING, "", by
    proposed.save()
    _queue(proposed, JobKind.APPLY, by=by, now=now, ring=ring, digest=digest)
    return proposed


@transaction.atomic
def take_back(import_id: int, *, by: User, now: datetime, ring: Ring) -> RegisterImport:
    """A small import is undone; a large one is undone by a worker. NotUndoable says what was built on it."""
    applied = RegisterImport.objects.select_for_update().get(pk=import_id)
    if not applied.jobs.exists():
        return undo_import(import_id, by=by, now=now)
    if reason := why_not_undoable(applied):
        raise NotUndoable(reason)
    applied.state, applied.note = ImportState.UNDOING, ""
    applied.save()
    _queue(applied, JobKind.UNDO, by=by, now=now, ring=ring)
    return applied


@transaction.atomic
def discard_import(import_id: int) -> None:
    """Forgets files that were sent and never imported; UnderWay or PreviewOutdated if it is too late for that."""
    found = RegisterImport.objects.select_for_update().filter(pk=import_id).first()
    if found is None:
        return
    if found.state not in (ImportState.CHECKING, ImportState.PROPOSED, ImportState.REFUSED):
        raise UnderWay(f"It is {found.get_state_display().lower()}, so its files cannot be discarded. Open it again.")
    found.delete()


def _queue(
    of: RegisterImport,
    kind: JobKind,
    *,
    by: User,
    now: datetime,
    ring: Ring,
    encoding: str = "",
    digest: str = "",
) -> None:
    job = ImportJob.objects.create(of_import=of, kind=kind, by=by, asked_at=now, encoding=encoding, digest=digest)
    transaction.on_commit(lambda: ring(job.pk))
