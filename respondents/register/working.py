"""Service: one job of a large import from claim to end. Each step is one transaction: all of it is done, or nothing."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.keeping import Keeper, keeping
from accounts.leases import UNFINISHED
from accounts.refusals import Refusal
from respondents.register.history import ImportState, RegisterImport
from respondents.register.jobs import ImportFile, ImportJob, JobKind, JobState
from respondents.register.large_imports import Ring
from respondents.register.previewing import keep_preview
from respondents.register.proposing import PreviewOutdated, apply_import, checked_tables, plan_from, plan_of
from respondents.register.undoing import undo_import
from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import LettersUnsure

log = logging.getLogger("survey.register")
MOST_PROBLEMS = 100
OUTDATED = (
    "The register changed after this preview was made, so nothing was imported. "
    "Below is what the files would do now: look through it, then import exactly this."
)
BROKEN = (
    "It failed, and nothing was changed. Try again; if it fails again, tell the administrator when it was: "
    "the reason stands in the log of the worker."
)
GIVEN_UP = (
    f"Its worker was lost {ImportJob.MAX_ATTEMPTS} times, and nothing was changed. "
    "Try again, and tell the administrator if it fails again."
)
# Where an import stands again when its job did not succeed.
BEFORE: Mapping[str, ImportState] = {
    JobKind.CHECK: ImportState.REFUSED,
    JobKind.APPLY: ImportState.PROPOSED,
    JobKind.UNDO: ImportState.APPLIED,
}


class _Lost(Exception):
    """Somebody else holds the job by now, or it was discarded."""


def run_job(job_id: UUID) -> None:
    """Claims the job and does it; an unexpected error is logged with its traceback and told to the person."""
    job = ImportJob.objects.select_related("of_import", "by").claim(job_id, now=timezone.now())
    if job is None:
        return
    try:
        with keeping(job) as keeper:
            _WORK[job.kind](job, keeper)
    except _Lost:
        log.warning("job %s was taken over or discarded", job.pk)
    except Refusal as refusal:
        _give_up(job, refusal.message, now=timezone.now())
    except Exception:
        log.exception("job %s failed", job.pk)
        _give_up(job, BROKEN, now=timezone.now())


def sweep_jobs(*, now: datetime, ring: Ring) -> int:
    """Rings again for what nobody holds; gives up what was tried too often. Says how many were rung for."""
    for lost in ImportJob.objects.exhausted(now=now).select_related("of_import"):
        log.error("job %s was given up: its workers were lost too often", lost.pk)
        _give_up(lost, GIVEN_UP, now=now)
    waiting = list(ImportJob.objects.claimable(now=now).values_list("pk", flat=True))
    for job_id in waiting:
        ring(job_id)
    return len(waiting)


def _check(job: ImportJob, keeper: Keeper) -> None:
    proposed = job.of_import
    _tell(job, "Reading the files and checking every line", step=1, steps=3)
    try:
        tables = checked_tables([(f.name, bytes(f.content)) for f in proposed.files.all()], encoding=job.encoding)
    except FileRefused as refused:
        _refuse(job, refused)
        return
    proposed.tables = tables.packed()
    _tell(job, "Comparing them with the register", step=2, steps=3)
    made, warnings = plan_from(tables, proposed, now=timezone.now())
    del tables
    keeper.tell(doing="Writing down what would change", step=3, steps=3)
    with _ending(job):
        keep_preview(proposed, made, warnings)
        proposed.files.all().delete()
        proposed.state, proposed.note = ImportState.PROPOSED, ""
        proposed.save()


def _refuse(job: ImportJob, refused: FileRefused) -> None:
    found = job.of_import
    with _ending(job):
        found.files.all().delete()
        found.problems = [str(problem) for problem in refused.problems[:MOST_PROBLEMS]]
        found.more_problems = max(0, len(refused.problems) - MOST_PROBLEMS)
        found.sample = refused.sample[:300] if isinstance(refused, LettersUnsure) else ""
        found.state, found.note = ImportState.REFUSED, ""
        found.save()


def _apply(job: ImportJob, keeper: Keeper) -> None:
    rows = sum(sum(counts.values()) for counts in job.of_import.counts.values())
    _tell(job, "Importing", step=0, steps=rows)
    done = [0]

    def count(more: int) -> None:
        done[0] += more
        keeper.tell(doing=f"Importing: {done[0]:,} of about {rows:,} rows", step=min(done[0], rows))

    now, expected = timezone.now(), ImportState.IMPORTING
    try:
        with _ending(job):
            done_import = apply_import(
                job.of_import_id, digest=job.digest, by=job.by, now=now, state=expected, count=count
            )
            done_import.leaves.all().delete()
    except PreviewOutdated:
        _look_again(job)


def _look_again(job: ImportJob) -> None:
    """The register is not what it was at the preview: the person is shown what the import would do now."""
    found = RegisterImport.objects.get(pk=job.of_import_id)
    made, warnings = plan_of(found, now=timezone.now())
    with _ending(job):
        keep_preview(found, made, warnings)
        found.state, found.note, found.applied_by = ImportState.PROPOSED, OUTDATED, None
        found.save()


def _undo(job: ImportJob, keeper: Keeper) -> None:
    _tell(job, "Putting back what stood there before", step=0, steps=0)
    with _ending(job):
        undo_import(job.of_import_id, by=job.by, now=timezone.now(), state=ImportState.UNDOING)


def _tell(job: ImportJob, doing: str, *, step: int, steps: int) -> None:
    """What the worker is at, for the page; written before its long transaction begins."""
    until = timezone.now() + ImportJob.LEASE
    if not ImportJob.objects.held(job).update(doing=doing, step=step, steps=steps, lease_until=until):
        raise _Lost


@contextmanager
def _ending(job: ImportJob) -> Iterator[None]:
    """What the block writes and that the job is done are one transaction, unless somebody else has taken the job."""
    with transaction.atomic():
        yield
        done = {"state": JobState.DONE, "doing": "", "lease_until": None, "finished_at": timezone.now()}
        if not ImportJob.objects.held(job).update(**done):
            raise _Lost


@transaction.atomic
def _give_up(job: ImportJob, words: str, *, now: datetime) -> None:
    """The import stands where it stood before, and says why."""
    mine = ImportJob.objects.filter(pk=job.pk, attempts=job.attempts, state__in=UNFINISHED)
    if mine.update(state=JobState.FAILED, lease_until=None, finished_at=now):
        RegisterImport.objects.filter(pk=job.of_import_id).update(state=BEFORE[job.kind], note=words[:300])
        if job.kind == JobKind.CHECK:  # it cannot be tried again: the files are sent anew
            ImportFile.objects.filter(of_import=job.of_import_id).delete()


_WORK: Mapping[str, Callable[[ImportJob, Keeper], None]] = {
    JobKind.CHECK: _check,
    JobKind.APPLY: _apply,
    JobKind.UNDO: _undo,
}
