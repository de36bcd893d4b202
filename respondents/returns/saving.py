"""Service: saves answers item by item; merges what does not collide, and asks where it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.returns.digests import digest_of
from respondents.returns.models import Return, Save, SaveSource
from respondents.returns.refusals import WaveNotOpen
from survey.models import Wave
from survey.schema.answers import Value

CHANGED = ("answers", "texts", "version", "last_digest", "changed_at", "changed_by")


@dataclass(frozen=True)
class Saved:
    """The answers are stored; this version holds them. Merged means that others had saved since the page was opened."""

    version: int
    is_merged: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Collision:
    """One item that two people changed: what this person sent, what stands, who wrote that and when."""

    item: str
    mine: Value
    theirs: Value
    by: User | None
    at: datetime


@dataclass(frozen=True)
class Settlement:
    """What a person decided on a conflict: which version they had seen of each item, and what they gave up."""

    seen: Mapping[str, int] = field(default_factory=dict)
    set_aside: Mapping[str, Value] = field(default_factory=dict)


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


def lock_return(found: Return) -> Return:
    """The return as it stands now, locked until the transaction ends."""
    return Return.objects.select_related("wave").select_for_update(of=("self",)).get(pk=found.pk)


@transaction.atomic
def save_answers(
    found: Return,
    *,
    person: User,
    base_version: int,
    sent: Mapping[str, Value],
    now: datetime,
    settled: Settlement | None = None,
) -> Saved | Conflict:
    """Stores the items of `sent` that differ from version `base_version`, the one the person was looking at.

    `found` is a return that this person may change, as the door found it. Items that nobody else changed since are
    merged; if one was changed to something else, nothing is stored and the conflict is returned. `settled` is what the
    person decided on such a conflict; what they gave up stays in history. Answers, version and the chained save row
    are written in one transaction.
    """
    require_open(found.wave, now=now)
    if found.version == base_version and (saved := _save_undisturbed(found, person=person, sent=sent, now=now)):
        return saved
    found = lock_return(found)
    since = list(found.saves.filter(version__gt=base_version).select_related("made_by").order_by("version"))
    current = found.values
    settled = settled or Settlement()
    unseen = {item: [save for save in since if save.version > settled.seen.get(item, base_version)] for item in sent}
    mine = {item: value for item, value in sent.items() if value != _value_at_base(item, unseen[item], current)}
    collisions = tuple(_collisions(mine, unseen, current))
    if collisions:
        return Conflict(found.version, collisions)
    changes = _changes(mine, current)
    if changes or settled.set_aside:
        save = chain_save(
            found, changes=changes, person=person, now=now, source=SaveSource.PORTAL, set_aside=settled.set_aside
        )
        found.save(update_fields=CHANGED)
        save.save()
    return Saved(found.version, is_merged=bool(since))


def _save_undisturbed(found: Return, *, person: User, sent: Mapping[str, Value], now: datetime) -> Saved | None:
    """The save where nobody else came between: one conditional update, no lock taken first. Nothing if they did."""
    changes = _changes(sent, found.values)
    if not changes:
        return Saved(found.version)
    stands = Return.objects.filter(pk=found.pk, version=found.version)
    save = chain_save(found, changes=changes, person=person, now=now, source=SaveSource.PORTAL)
    if not stands.update(**{name: getattr(found, name) for name in CHANGED}):
        return None
    save.save(force_insert=True)
    return Saved(found.version)


def _changes(sent: Mapping[str, Value], current: Mapping[str, Value]) -> dict[str, Value]:
    return {item: value for item, value in sent.items() if value != current.get(item)}


def chain_save(
    found: Return,
    *,
    changes: Mapping[str, Value],
    person: User | None,
    now: datetime,
    source: SaveSource,
    set_aside: Mapping[str, Value] | None = None,
) -> Save:
    """The changed return and its next save row, both in memory."""
    before = found.values
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
        set_aside=dict(set_aside or {}),
        previous_digest=found.last_digest,
    )
    save.digest = found.last_digest = save_digest(save)
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
            save.set_aside,
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
