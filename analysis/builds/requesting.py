"""Services of the queue: a build is asked for, claimed by one worker, and finished, failed or cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest
from accounts.leases import UNFINISHED
from accounts.models import Role, User
from analysis.builds.kinds import Kind, kind_of
from analysis.builds.models import Build, BuildState
from analysis.builds.refusals import EndedAlready, NotYours
from survey.models import Wave

Ring = Callable[[UUID], None]
REQUESTED = declare("build.requested", "Asked for something to be built")
CANCELLED = declare("build.cancelled", "Cancelled a build")
PAUSE = timedelta(seconds=10)  # for a machine that ran out of memory
GIVEN_UP = (
    "Given up after {} attempts, each of which ended with its worker. Try again, and tell the administrator if it "
    "fails again."
)


@transaction.atomic
def request_build(
    wave: Wave,
    *,
    kind: Kind,
    number: int | None = None,
    subject: str = "",
    person: User | None,
    now: datetime,
    ring: Ring,
) -> Build:
    """A queued build of this kind, or the one that is under way already; rings the worker once this is committed."""
    Wave.objects.select_for_update().get(pk=wave.pk)
    about = {"kind": kind.name, "number": number, "subject": subject}
    build = wave.builds.filter(**about, state__in=UNFINISHED).first()
    if build is None:
        build = Build.objects.create(wave=wave, **about, requested_by=person, requested_at=now)
        record(REQUESTED, by=person, subject=build, about=wave.title, wave=wave.slug, detail=about, now=now)
    found = build
    transaction.on_commit(lambda: ring(found.pk))
    return build


def repeat_build(build: Build, *, person: User, now: datetime, ring: Ring) -> Build:
    """The same asked for once more."""
    return request_build(
        build.wave,
        kind=kind_of(build.kind),
        number=build.number,
        subject=build.subject,
        person=person,
        now=now,
        ring=ring,
    )


@transaction.atomic
def cancel_build(build: Build, *, by: User, now: datetime) -> None:
    """Ends the build, which its worker notices within seconds; EndedAlready or NotYours otherwise."""
    unfinished = Build.objects.filter(pk=build.pk, state__in=UNFINISHED)
    if unfinished.exists() and by != build.requested_by and by.role != Role.ADMINISTRATOR:
        raise NotYours("Only the person who asked for it, or an administrator, can cancel it.")
    ended = {"doing": f"Cancelled by {by}.", "lease_until": None, "finished_at": now}
    if not unfinished.update(state=BuildState.CANCELLED, **ended):
        raise EndedAlready(f"{kind_of(build.kind).words} had ended before you cancelled it. Its page says how.")
    record(CANCELLED, by=by, subject=build, about=build.wave.title, wave=build.wave.slug, now=now)


def claim_build(build_id: UUID, *, now: datetime) -> Build | None:
    """The build, now held by the caller until its lease ends; nothing if another worker holds it or it is finished."""
    return Build.objects.select_related("wave").defer("content").claim(build_id, now=now)


def keep_hold(build: Build, *, now: datetime) -> bool:
    """Prolongs the lease; says whether the build is still this worker's: neither cancelled nor taken over."""
    return bool(Build.objects.held(build).update(lease_until=now + Build.LEASE))


def note_progress(build: Build, *, doing: str, step: int, steps: int, now: datetime) -> bool:
    """Shows what the worker is at and prolongs its lease; says whether the build is still this worker's."""
    told = {"doing": doing[:300], "step": step, "steps": steps, "lease_until": now + Build.LEASE}
    return bool(Build.objects.held(build).update(**told))


def finish_build(build: Build, content: bytes, *, now: datetime) -> bool:
    """Stores the product, whole, unless another attempt has taken over; says whether it was stored."""
    return bool(
        Build.objects.held(build).update(
            state=BuildState.DONE,
            content=content,
            size=len(content),
            digest=bytes_digest(content),
            doing="",
            lease_until=None,
            finished_at=now,
        )
    )


def fail_build(build: Build, *, reason: str, now: datetime) -> None:
    """Marks the build as failed with a sentence for the person who asked for it."""
    Build.objects.held(build).update(state=BuildState.FAILED, doing=reason[:300], lease_until=None, finished_at=now)


def put_back(build: Build, *, reason: str, now: datetime) -> None:
    """Has the build wait a moment for its next attempt, with a sentence on why."""
    waits = {"state": BuildState.QUEUED, "doing": reason[:300], "lease_until": now + PAUSE}
    Build.objects.held(build).update(**waits)


def sweep_builds(*, now: datetime, ring: Ring) -> int:
    """Rings again for what nobody holds; fails what was tried too often. Says how many were rung for."""
    reason = GIVEN_UP.format(Build.MAX_ATTEMPTS)
    Build.objects.exhausted(now=now).update(state=BuildState.FAILED, doing=reason, lease_until=None, finished_at=now)
    waiting = list(Build.objects.claimable(now=now).values_list("pk", flat=True))
    for build_id in waiting:
        ring(build_id)
    return len(waiting)
