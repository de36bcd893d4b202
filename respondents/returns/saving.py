"""Service: saves answers item by item; merges what does not collide, and asks where it does."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.digests import chain_digest
from accounts.models import User
from accounts.store.busy import once_more
from respondents.returns.devices import current_device
from respondents.returns.models import Return, Save, SaveSource
from respondents.returns.openness import openness_of, sections_of
from respondents.returns.recording import record_about
from respondents.returns.refusals import WaveNotOpen
from respondents.returns.standing import Heard
from respondents.returns.tabs import Tab
from survey.moments import moment_in_words
from survey.schema.answers import Value

TAKEN = declare("telephone.saved", "Saved answers taken by telephone")
CHANGED = ("answers", "texts", "copied", "version", "last_digest", "changed_at", "changed_by")
ASK_TO_REOPEN = "If something has to be put right, the chair can ask for the return to be reopened, from its task list."


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
class Sending:
    """What a page sends: its items, and the version that the person was looking at.

    What the same open page (`tab`) saved before, the person has seen. `confirmed` are copied answers they have looked
    at, `settled` is what they decided on a conflict; what they gave up stays in history.
    """

    base_version: int
    sent: Mapping[str, Value]
    tab: Tab | None = None
    confirmed: Collection[str] = ()
    settled: Settlement = field(default_factory=Settlement)


@dataclass(frozen=True)
class Conflict:
    """Nothing was stored: these items were changed by somebody else since the page was opened."""

    version: int
    collisions: tuple[Collision, ...]


def require_open(found: Return, *, now: datetime, sections: Iterable[str] = ()) -> None:
    """Raises WaveNotOpen, with the date, unless these sections may be answered now; without any, the return at all."""
    wave, openness = found.wave, openness_of(found, now=now)
    if openness and all(openness.allows(section) for section in sections):
        return
    if now < wave.opens_at:
        opens = moment_in_words(wave.opens_at)
        raise WaveNotOpen(
            f"{wave.title} opens on {opens}. You can answer from then on.", title="This survey is not open yet"
        )
    closed = moment_in_words(found.closes_at)
    if openness:
        raise WaveNotOpen(f"{wave.title} closed on {closed}. Other sections were reopened, this one was not.")
    raise WaveNotOpen(f"{wave.title} closed on {closed}. Answers can no longer be changed or sent. {ASK_TO_REOPEN}")


def lock_return(found: Return) -> Return:
    """The return as it stands now, locked until the transaction ends."""
    return Return.objects.select_related("wave").select_for_update(of=("self",)).get(pk=found.pk)


@once_more
@transaction.atomic
def save_answers(found: Return, sending: Sending, *, person: User, now: datetime) -> Saved | Conflict:
    """Stores the items sent that differ from the version the person was looking at.

    `found` is a return that this person may change, as the door found it. Items that nobody else changed since are
    merged; if one was changed to something else, nothing is stored and the conflict is returned. Answers, version and
    the chained save row are written in one transaction.
    """
    sent, base_version, confirmed, settled = sending.sent, sending.base_version, sending.confirmed, sending.settled
    require_open(found, now=now, sections=sections_of(found, sent))
    heard, tab = found.standing.heard, sending.tab.key if sending.tab else ""
    door = SaveSource.TELEPHONE if heard else SaveSource.PORTAL
    entry = Entry(person, now, door, tab=tab, set_aside=settled.set_aside, heard=heard)
    if found.version == base_version and (saved := _save_undisturbed(found, sent, confirmed, entry=entry)):
        return saved
    found = lock_return(found)
    since = list(found.saves.filter(version__gt=base_version).select_related("made_by").order_by("version"))
    current = found.values
    own = {item: save.version for save in since if entry.is_by_same_tab(save) for item in save.changes}
    seen = {item: max(base_version, settled.seen.get(item, 0), own.get(item, 0)) for item in sent}
    unseen = {item: [save for save in since if save.version > seen[item]] for item in sent}
    mine = {item: value for item, value in sent.items() if value != _value_at_base(item, unseen[item], current)}
    collisions = tuple(_collisions(mine, unseen, current))
    if collisions:
        return Conflict(found.version, collisions)
    changes, kept = _changes(mine, current), sorted(set(confirmed) & found.copied.keys())
    if changes or kept or settled.set_aside:
        save = chain_save(found, changes, entry=replace(entry, confirmed=kept))
        found.save(update_fields=CHANGED)
        _store(save, entry)
    return Saved(found.version, is_merged=not all(map(entry.is_by_same_tab, since)))


def _save_undisturbed(
    found: Return, sent: Mapping[str, Value], confirmed: Collection[str], *, entry: "Entry"
) -> Saved | None:
    """The save where nobody else came between: one conditional update, no lock taken first. Nothing if they did."""
    changes, kept = _changes(sent, found.values), sorted(set(confirmed) & found.copied.keys())
    if not changes and not kept and not entry.set_aside:
        return Saved(found.version)
    stands = Return.objects.filter(pk=found.pk, version=found.version)
    save = chain_save(found, changes, entry=replace(entry, confirmed=kept))
    if not stands.update(**{name: getattr(found, name) for name in CHANGED}):
        return None
    _store(save, entry)
    return Saved(found.version)


def _store(save: Save, entry: "Entry") -> None:
    """The row of history; what staff take by telephone goes into the audit too, without what was said."""
    save.save(force_insert=True)
    if entry.heard and entry.person:
        detail = {"call": entry.heard.call, "version": save.version, "items": len(save.changes)}
        record_about(save.survey_return, TAKEN, by=entry.person, now=entry.now, **detail)


def _changes(sent: Mapping[str, Value], current: Mapping[str, Value]) -> dict[str, Value]:
    return {item: value for item, value in sent.items() if value != current.get(item)}


@dataclass(frozen=True)
class Entry:
    """Who saves, when, by which door and from which open page, and what history should know beside the answers."""

    person: User | None
    now: datetime
    source: SaveSource = SaveSource.PORTAL
    tab: str = ""
    set_aside: Mapping[str, Value] = field(default_factory=dict)
    confirmed: Sequence[str] = ()
    origin: Mapping[str, str | int] = field(default_factory=dict)
    heard: Heard | None = None

    def is_by_same_tab(self, save: Save) -> bool:
        """Whether the same open page of the same person made that save."""
        return bool(self.tab) and save.tab == self.tab and save.made_by == self.person

    @property
    def note(self) -> dict[str, object]:
        """What is noted on the save row."""
        confirmed = {"confirmed": list(self.confirmed)} if self.confirmed else {}
        origin = {"from": dict(self.origin)} if self.origin else {}
        return {**confirmed, **origin, **(_spoken(self.heard) if self.heard else {})}


def _spoken(heard: Heard) -> dict[str, object]:
    return {"telephone": {"call": heard.call, "voice": heard.voice, "day": heard.day.isoformat()}}


def chain_save(found: Return, changes: Mapping[str, Value], *, entry: Entry) -> Save:
    """The changed return and its next save row, both in memory; what was changed or confirmed is no copy any more."""
    before = found.values
    found.put(changes)
    gone = {*changes, *entry.confirmed}
    found.copied = {item: origin for item, origin in found.copied.items() if item not in gone}
    found.version += 1
    found.changed_at, found.changed_by = entry.now, entry.person
    save = Save(
        survey_return=found,
        version=found.version,
        source=entry.source,
        made_by=entry.person,
        made_at=entry.now,
        changes={item: [before.get(item), value] for item, value in changes.items()},
        set_aside=dict(entry.set_aside),
        note=entry.note,
        tab=entry.tab,
        device=current_device() if entry.source == SaveSource.PORTAL else "",
        previous_digest=found.last_digest,
    )
    save.digest = found.last_digest = save_digest(save)
    return save


def save_digest(save: Save) -> str:
    """What the digest of a save must be, from its content and the digest before it."""
    return chain_digest(
        [
            str(save.survey_return_id),
            save.version,
            save.source,
            save.made_by_id,
            save.made_at.astimezone(UTC).isoformat(),
            save.changes,
            save.set_aside,
            *([save.note] if save.note else []),
            save.previous_digest,
        ],
        like=save.digest,
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
