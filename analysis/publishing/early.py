"""Services: who may see a publication before it is out, for how long, and who has looked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.audit.acts import Act, declare
from accounts.audit.models import AuditEntry
from accounts.audit.recording import named, record
from accounts.models import User
from accounts.people import ensure_person
from analysis.publishing.models import AccessKind, EarlyAccess, EarlyAccessEnd, Publication
from analysis.publishing.moments import LONGEST_EARLY
from analysis.publishing.refusals import OutAlready
from analysis.publishing.standing import Out, Standing
from analysis.publishing.starting import still_there
from respondents.fieldwork.drafting import lock_wave

GIVEN = declare("early_access.given", "Put a person on a list of early access")
ENDED = declare("early_access.ended", "Took a person off a list of early access")
VIEWED = declare("early_access.used", "Saw a publication before it was out")
DOWNLOADED = declare("early_access.downloaded", "Took a file of a publication before it was out")


@transaction.atomic
def give_access(
    publication: Publication,
    *,
    kind: str,
    email: str,
    name: str,
    role: str,
    reason: str,
    hours: int,
    by: User,
    now: datetime,
) -> EarlyAccess:
    """Puts a named person on a list; one that the product does not know can then sign in by an emailed code."""
    lock_wave(publication.wave)
    found = still_there(publication)
    if found.is_out(now=now):
        raise OutAlready(f"{publication} is out: everybody sees it.")
    if kind == AccessKind.EARLY and not 1 <= hours <= LONGEST_EARLY:
        raise ValidationError({"hours": f"Enter a number of hours from 1 to {LONGEST_EARLY}"})
    person = ensure_person(email, name=name)
    if in_force(publication).filter(kind=kind, person=person).exists():
        raise ValidationError({"email": f"{person} is on this list already"})
    kept = EarlyAccess.objects.create(
        publication=publication,
        kind=kind,
        person=person,
        name=name,
        role=role,
        reason=reason,
        hours=hours if kind == AccessKind.EARLY else 0,
        given_by=by,
        given_at=now,
    )
    detail = {"kind": kind, "person": person.pk, "role": role, "reason": reason, "hours": kept.hours}
    record(GIVEN, by=by, subject=publication, wave=publication.wave.slug, detail=detail, now=now)
    return kept


@transaction.atomic
def end_access(access: EarlyAccess, *, by: User, now: datetime) -> EarlyAccessEnd:
    """Takes the person off the list again; taken off before, nothing changes."""
    publication = access.publication
    lock_wave(publication.wave)
    kept, is_new = EarlyAccessEnd.objects.get_or_create(access=access, defaults={"by": by, "at": now})
    if is_new:
        detail = {"kind": access.kind, "person": access.person_id}
        record(ENDED, by=by, subject=publication, wave=publication.wave.slug, detail=detail, now=now)
    return kept


def in_force(publication: Publication) -> QuerySet[EarlyAccess]:
    """Everybody who is on a list of this publication now."""
    return publication.early_access.filter(end__isnull=True).order_by("pk")


def seen_early(found: Standing, *, person: User, now: datetime) -> Out | None:
    """The edition that this person may see at this moment though it is not out: signed, within their hours."""
    return next((out for access, out in open_to(found, now=now) if access.person_id == person.pk), None)


def open_to(found: Standing, *, now: datetime) -> Iterator[tuple[EarlyAccess, Out]]:
    """Everybody whose hours have begun, with the edition that they may see: it is signed, and not out."""
    moment = found.moment
    if moment is None or now >= moment or not found.committed or found.withdrawal:
        return
    for access in in_force(found.publication).filter(kind=AccessKind.EARLY).select_related("person"):
        if moment - timedelta(hours=access.hours) <= now:
            yield access, found.committed[0]


def note_early_view(seen: Out, *, what: str, person: User, now: datetime) -> None:
    """Each look is recorded, with the edition and what of it was seen."""
    _note(VIEWED, seen, what=what, person=person, now=now)


def note_early_download(seen: Out, *, what: str, person: User, now: datetime) -> None:
    """Each file that is taken is recorded, with the edition."""
    _note(DOWNLOADED, seen, what=what, person=person, now=now)


def _note(act: Act, seen: Out, *, what: str, person: User, now: datetime) -> None:
    publication = seen.edition.publication
    detail = {"edition": seen.edition.number, "digest": seen.edition.digest, "what": what}
    record(act, by=person, subject=publication, wave=publication.wave.slug, detail=detail, now=now)


def published_list(found: Standing) -> tuple[EarlyAccess, ...]:
    """Who could see it before it was out, as its page tells afterwards; not who was taken off before they could."""
    early = found.publication.early_access.filter(kind=AccessKind.EARLY).select_related("end").order_by("pk")
    return tuple(each for each in early if _could_look(each, found) or _looked(each))


def _could_look(access: EarlyAccess, found: Standing) -> bool:
    """Whether their hours had begun by any day that was announced, even if the day was moved since."""
    end: EarlyAccessEnd | None = getattr(access, "end", None)
    return end is None or any(
        max(moment - timedelta(hours=access.hours), since, access.given_at) < min(moment, until, end.at)
        for moment, since, until in _mornings(found)
    )


def _mornings(found: Standing) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Each announced moment, with from when until when it was the one that counted."""
    for entry, following in zip_longest(found.announcements, found.announcements[1:]):
        yield entry.moment, entry.made_at, following.made_at if following else entry.moment


def _looked(access: EarlyAccess) -> bool:
    looks = AuditEntry.objects.filter(act__in=[VIEWED.name, DOWNLOADED.name], subject=named(access.publication))
    return looks.filter(person=access.person_id, at__gte=access.given_at).exists()
