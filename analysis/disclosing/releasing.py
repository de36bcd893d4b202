"""Services: a release is prepared, checked by a second person, and released; the audit is made each time."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.audit.acts import Act, declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest
from accounts.models import User
from accounts.store.patience import take_time
from analysis.comparators.standing import recorded
from analysis.core.release.deciding import audit
from analysis.core.release.decisions import Decisions
from analysis.core.release.record import read, written
from analysis.disclosing.accounting import account_of
from analysis.disclosing.choosing import last_choice
from analysis.disclosing.codings import kept_codings
from analysis.disclosing.deciding import decided
from analysis.disclosing.material import Material, material_of
from analysis.disclosing.models import Release, ReleaseState, ReleaseStep
from analysis.disclosing.packing import as_kept, content_of, covered_tables, pack
from analysis.disclosing.refusals import NotFrozen, NothingDecided, NotSafe, NotYours, WrongStep
from analysis.disclosing.standing import AGAIN, require_current
from analysis.exploring.models import CopyTaken
from analysis.milestones.plans import keep_plan
from analysis.planning import plan_digest
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave

PREPARED = declare("release.prepared", "Prepared a release")
CHECKED = declare("release.checked", "Checked a release")
RELEASED = declare("release.released", "Released tables")


@transaction.atomic
def prepare_release(wave: Wave, *, by: User, now: datetime) -> Release:
    """Freezes what was decided, with the protected tables and with how the survey was done.

    Raises NotFrozen, NothingDecided where something has changed since, NotSafe where the audit fails.
    """
    take_time()
    found = material_of(lock_wave(wave), now=now)
    if found.frozen is None:
        raise NotFrozen(
            f"A release is made from data that do not change. Freeze the data of {wave} once it has closed, then "
            "decide again what may leave."
        )
    last = decided(found)
    if last.decisions is None or not last.is_current:
        raise NothingDecided(
            "The answers, the plan, a choice or another release have come since it was decided what may leave. Decide "
            "again, then prepare the release."
        )
    if not last.decisions.is_safe:
        raise NotSafe("The audit fails, as the page says. Leave out what it names, then decide again.")
    number = wave.releases.count() + 1
    made = covered_tables(found, last.decisions, number=number, prepared=now)
    content = pack(made)
    release = Release.objects.create(
        wave=found.wave,
        number=number,
        extract=found.extract,
        plan=found.plan_digest,
        kept_plan=keep_plan(found.wave.plan),
        decisions=written(last.decisions),
        comparators=found.comparators,
        codings=kept_codings(found.coded),
        account=account_of(found, made.tables, smallest=last.decisions.smallest, now=now),
        tables=as_kept(made.tables),
        choice=last_choice(wave),
        after=found.after,
        content=content,
        digest=bytes_digest(content),
        prepared_by=by,
        prepared_at=now,
    )
    _record(PREPARED, release, by=by, now=now)
    return release


@transaction.atomic
def check_release(release: Release, *, by: User, now: datetime) -> ReleaseStep:
    """Notes that a second person has looked at every table. Raises NotYours, WrongStep or NotSafe."""
    lock_wave(release.wave)
    if by == release.prepared_by:
        raise NotYours(f"You prepared {release}. Ask somebody else of the team to look at it.")
    if release.steps.exists():
        raise WrongStep(f"{release} has been checked already.")
    _audit(release, now=now)
    return _step(release, ReleaseState.CHECKED, by=by, now=now)


def rehearse(release: Release, *, by: User, now: datetime) -> ReleaseStep:
    """Releases what was checked by itself. WrongStep for what is no rehearsal: the public gets that at its hour."""
    if not release.wave.is_test:
        raise WrongStep(
            f"{release} comes out by way of a publication, at the hour that was announced for it (M95). Prepare an "
            "edition from it there, and have that signed off."
        )
    return let_go(release, by=by, now=now)


@transaction.atomic
def let_go(release: Release, *, by: User, now: datetime) -> ReleaseStep:
    """From here on what was checked counts as known to the public.

    Raises WrongStep, or NotSafe if the audit fails or another release came between.
    """
    lock_wave(release.wave)
    if {step.state for step in release.steps.all()} != {ReleaseState.CHECKED}:
        raise WrongStep(f"{release} must have been checked, and not have been released before.")
    _audit(release, now=now)
    return _step(release, ReleaseState.RELEASED, by=by, now=now)


def _audit(release: Release, *, now: datetime) -> None:
    """Nothing is taken on trust: what is deducible is reckoned again, and the files are made again."""
    take_time()
    require_current(release)
    is_planned = plan_digest(release.wave.plan) == release.plan
    found = material_of(release.wave, now=now, remade=release) if is_planned else None
    if found is None or found.frozen is None:
        raise NotSafe(f"The data or the plan of {release} are not those it was prepared from. {AGAIN}")
    if release.codings != kept_codings(found.coded_now) or not _is_standing(found):
        raise NotSafe(
            f"The codes of answers in words, or the other surveys beside the tables, have changed since {release} was "
            f"prepared. {AGAIN}"
        )
    decisions = read(release.decisions)
    _require_protected(release, decisions, found)
    made = covered_tables(found, decisions, number=release.number, prepared=release.prepared_at)
    digests = {release.digest, bytes_digest(bytes(release.content)), bytes_digest(pack(made))}
    if len(digests) > 1 or release.tables != as_kept(made.tables):
        raise NotSafe(f"The files of {release} are not what was decided. {AGAIN}")


def audit_again(release: Release, *, now: datetime) -> None:
    """What was let go before is held against all that came since: other releases, and copies that were taken (M55).

    Where nothing came its last audit stands, for nothing that it was made of changes. NotSafe where it fails.
    """
    if not _came_since(release):
        return
    take_time()
    content_of(release)
    found = material_of(release.wave, now=now, remade=release)
    if found.frozen is None:
        raise NotSafe(f"The data of {release} are not there, so nothing can be audited. Restore them.")
    others = tuple(each for each in found.released if each.pk != release.pk)
    _require_protected(release, read(release.decisions), replace(found, released=others))


def _came_since(release: Release) -> bool:
    let_go = release.steps.get(state=ReleaseState.RELEASED)
    later = ReleaseStep.objects.filter(release__wave=release.wave_id, state=ReleaseState.RELEASED, pk__gt=let_go.pk)
    return later.exists() or CopyTaken.objects.filter(wave=release.wave_id, taken_at__gte=let_go.at).exists()


def _require_protected(release: Release, decisions: Decisions, found: Material) -> None:
    faults = audit(
        found.cube,
        plan=found.plan,
        frame=found.frame,
        extract=found.data,
        decisions=decisions,
        earlier=found.earlier,
        coded=found.coded,
        copies=found.copies,
    )
    if faults:
        raise NotSafe(f"The audit of {release} fails: {' '.join(faults[:3])} {AGAIN}")


def _is_standing(found: Material) -> bool:
    """Whether every survey beside the tables still stands: one that was withdrawn is not released any more."""
    now = recorded(found.wave)
    return all(each in now for each in found.comparators)


def _step(release: Release, state: ReleaseState, *, by: User, now: datetime) -> ReleaseStep:
    step = ReleaseStep.objects.create(release=release, state=state, by=by, at=now)
    _record(CHECKED if state == ReleaseState.CHECKED else RELEASED, release, by=by, now=now)
    return step


def _record(act: Act, release: Release, *, by: User, now: datetime) -> None:
    detail = {"number": release.number, "digest": release.digest, "extract": release.extract, "plan": release.plan}
    record(act, by=by, subject=release, wave=release.wave.slug, detail=detail, now=now)
