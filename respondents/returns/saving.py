"""Service: saves answers item by item; merges what does not collide, and asks where it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.returns.digests import digest_of
from respondents.returns.models import Return, Save, SaveSource
from respondents.returns.refusals import WaveNotOpen
from survey.models import Wave
from survey.schema.answers import Value


@dataclass(frozen=True)
class Saved:
    """The answers are stored; this is the version that holds them."""

    version: int


@dataclass(frozen=True)
class Collision:
    """One item that two people changed: what this person sent, what stands, who wrote that and when."""

    item: str
    mine: Value
    theirs: Value
    by: User | None
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """Nothing was stored: these items were changed by somebody else since the page was opened."""

    version: int
    collisions: tuple[Collision, ...]


def require_open(wave: Wave, *, now: datetime) -> None:
    """Raises WaveNotOpen, with the date, unless answers may be saved and sent now."""
    if now < wave.opens_at:
        opens = date_format(timezone.localtime(wave.opens_at), "l j F Y, H:i")
        raise WaveNotOpen(
            f"{wave.title} opens on {opens}. You can answer from then on.", title="This survey is not open yet"
        )
    if now >= wave.closes_at:
        closed = date_format(timezone.localtime(wave.closes_at), "l j F Y, H:i")
        raise WaveNotOpen(f"{wave.title} closed on {closed}. Answers can no longer be changed or sent.")


def lock_return(return_id: UUID, *, person: User, now: datetime) -> Return:
    """The return, locked until the transaction ends; not found unless this person may see it."""
    visible = Return.objects.visible_to(person, now=now).select_for_update(of=("self",))
    return get_object_or_404(visible.with_wave(), pk=return_id)


@transaction.atomic
def save_answers(
    return_id: UUID,
    *,
    person: User,
    base_version: int,
    sent: Mapping[str, Value],
    now: datetime,
    seen: Mapping[str, int] | None = None,
) -> Saved | Conflict:
    """Stores the items of `sent` that differ from version `base_version`, the one the person was looking at.

    Items that nobody else changed since are merged; if one was changed to something else, nothing is stored and
    the conflict is returned. Of the items in `seen` the person has since been shown that later version and has
    decided. Answers, version and the chained save row are written in one transaction.
    """
    found = lock_return(return_id, person=person, now=now)
    require_open(found.wave, now=now)
    since = list(found.saves.filter(version__gt=base_version).select_related("made_by").order_by("version"))
    current = found.values
    unseen = {item: [save for save in since if save.version > (seen or {}).get(item, base_version)] for item in sent}
    mine = {item: value for item, value in sent.items() if value != _value_at_base(item, unseen[item], current)}
    collisions = tuple(_collisions(mine, unseen, current))
    if collisions:
        return Conflict(found.version, collisions)
    changes = {item: value for item, value in mine.items() if value != current.get(item)}
    if changes:
        record_save(found, changes=changes, person=person, now=now, source=SaveSource.PORTAL)
    return Saved(found.version)


def record_save(
    found: Return, *, changes: Mapping[str, Value], person: User | None, now: datetime, source: SaveSource
) -> Save:
    """Writes the changes, the next version and its chained save row; the caller holds the lock."""
    save = chain_save(found, changes=changes, person=person, now=now, source=source)
    found.save(update_fields=["answers", "texts", "version", "changed_at", "changed_by"])
    save.save()
    return save


def chain_save(
    found: Return, *, changes: Mapping[str, Value], person: User | None, now: datetime, source: SaveSource
) -> Save:
    """The changed return and its next save row, both in memory."""
    before = found.values
    previous = found.saves.order_by("-version").values_list("digest", flat=True).first() if found.version else None
    found.put(changes)
    found.version += 1
    found.changed_at, found.changed_by = now, person
    save = Save(
        survey_return=found,
        version=found.version,
        source=source,
        made_by=person,
        made_at=now,
        changes={item: [before.get(item), value] for item, value in changes.items()},
        previous_digest=previous or "",
    )
    save.digest = save_digest(save)
    return save


def save_digest(save: Save) -> str:
    """What the digest of a save must be, from its content and the digest before it."""
    return digest_of(
        [
            str(save.survey_return_id),
            save.version,
            save.source,
            save.made_by_id,
            save.made_at.astimezone(UTC).isoformat(),
            save.changes,
            save.previous_digest,
        ]
    )


def _value_at_base(item: str, since: Iterable[Save], current: Mapping[str, Value]) -> Value:
    """What the item held in the version the person was looking at."""
    return next((save.changes[item][0] for save in since if item in save.changes), current.get(item))


def _collisions(
    mine: Mapping[str, Value], unseen: Mapping[str, list[Save]], current: Mapping[str, Value]
) -> Iterable[Collision]:
    for item, value in mine.items():
        last = next((save for save in reversed(unseen[item]) if item in save.changes), None)
        if last is not None and value != current.get(item):
            yield Collision(item, value, current.get(item), last.made_by, last.made_at)
