"""Services of the queue: a build is asked for, claimed by one worker under a lease, and finished or failed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.digests import bytes_digest
from accounts.leases import UNFINISHED
from accounts.models import User
from analysis.builds.models import Build, BuildKind, BuildState
from survey.models import Wave

Ring = Callable[[UUID], None]


@transaction.atomic
def request_build(
    wave: Wave, *, kind: BuildKind, number: int | None = None, person: User | None, now: datetime, ring: Ring
) -> Build:
    """A queued build of this kind, or the one that is under way already; rings the worker once this is committed."""
    Wave.objects.select_for_update().get(pk=wave.pk)
    under_way = wave.builds.filter(kind=kind, number=number, state__in=UNFINISHED).first()
    build = under_way or Build.objects.create(
        wave=wave, kind=kind, number=number, requested_by=person, requested_at=now
    )
    transaction.on_commit(lambda: ring(build.pk))
    return build


def claim_build(build_id: UUID, *, now: datetime) -> Build | None:
    """The build, now held by the caller until its lease ends; nothing if another worker holds it or it is finished."""
    return Build.objects.select_related("wave").claim(build_id, now=now)


def note_progress(build: Build, *, doing: str, step: int, steps: int, now: datetime) -> None:
    """Shows what the worker is at and prolongs its lease."""
    Build.objects.held(build).update(doing=doing, step=step, steps=steps, lease_until=now + Build.LEASE)


def finish_build(build: Build, content: bytes, *, now: datetime) -> bool:
    """Stores the product, whole, unless another attempt has taken over; says whether it was stored."""
    return bool(
        Build.objects.held(build).update(
            state=BuildState.DONE,
            content=content,
            digest=bytes_digest(content),
            doing="",
            lease_until=None,
            finished_at=now,
        )
    )


def fail_build(build: Build, *, reason: str, now: datetime) -> None:
    """Marks the build as failed with a sentence for the person who asked for it."""
    Build.objects.held(build).update(state=BuildState.FAILED, doing=reason[:200], lease_until=None, finished_at=now)


def sweep_builds(*, now: datetime, ring: Ring) -> int:
    """Rings again for what nobody holds; fails what was tried too often. Says how many were rung for."""
    reason = (
        f"Given up after {Build.MAX_ATTEMPTS} attempts. Ask for it again, and tell the survey team if it fails again."
    )
    Build.objects.exhausted(now=now).update(state=BuildState.FAILED, doing=reason, lease_until=None, finished_at=now)
    waiting = list(Build.objects.claimable(now=now).values_list("pk", flat=True))
    for build_id in waiting:
        ring(build_id)
    return len(waiting)
