"""Decides one system of counts: what is hidden of it, audited as an intruder would who knows all that is published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from analysis.core.count_systems import CannotProtect, Range
from analysis.core.release.linked import HIDDEN_BEFORE, SECONDARY, Linked


@dataclass(frozen=True)
class Outcome:
    """What is hidden, each count by its rule; what can be deduced of those that need protection; which lack it."""

    hidden: Mapping[str, str]
    ranges: Mapping[str, Range]
    weak: tuple[str, ...]


def without(linked: Linked, *, known: Collection[str]) -> Linked:
    """Return the system after these counts were released: they can be neither hidden nor protected any more."""
    left = {name: rule for name, rule in linked.primary.items() if name not in known}
    return replace(
        linked, shown=linked.shown - frozenset(known), unpublished=linked.unpublished - frozenset(known), primary=left
    )


def chosen(linked: Linked, *, hidden_before: Collection[str]) -> dict[str, str]:
    """Return primary cells, what was hidden before, and what the programme adds; all there is where nothing will do."""
    from analysis.core.suppression import secondary_cells  # noqa: PLC0415 -- scipy takes seconds to load

    kept = linked.shown & frozenset(hidden_before)
    hidden = dict.fromkeys(sorted(kept), HIDDEN_BEFORE)
    hidden |= {name: rule for name, rule in linked.primary.items() if name in linked.shown}
    try:
        added = secondary_cells(
            linked.system,
            primary=linked.primary,
            candidates=linked.shown,
            unpublished=linked.unpublished | kept,
            room=linked.room,
        )
    except CannotProtect:
        added = linked.shown
    return dict.fromkeys(sorted(added), SECONDARY) | hidden


def weak_in(linked: Linked, *, hidden: Collection[str]) -> frozenset[str]:
    """Return the counts that lack the room they need when these are hidden: the audit, without the ranges."""
    from analysis.core.suppression import weak_cells  # noqa: PLC0415 -- scipy takes seconds to load

    found = weak_cells(
        linked.system, hidden=hidden, primary=linked.primary, unpublished=linked.unpublished, room=linked.room
    )
    return frozenset(found)


def settled(linked: Linked, *, hidden_before: Collection[str], first: Mapping[str, str]) -> Outcome:
    """Return the first choice if it passes the audit; else one that is made over this whole system, besides it."""
    outcome = audited(linked, hidden=first)
    if not outcome.weak:
        return outcome
    return audited(linked, hidden=chosen(linked, hidden_before={*hidden_before, *first}) | dict(first))


def audited(linked: Linked, *, hidden: Mapping[str, str]) -> Outcome:
    """Return these decisions with what can be deduced of each count that must be protected."""
    from analysis.core.suppression import hidden_ranges  # noqa: PLC0415 -- scipy takes seconds to load

    ranges = {name: Range(linked.system.counts[name], linked.system.counts[name]) for name in linked.primary}
    ranges |= hidden_ranges(linked.system, hidden=hidden, unpublished=linked.unpublished, of=linked.primary)
    weak = tuple(name for name in linked.primary if not ranges[name].has(linked.room[name]))
    return Outcome(hidden, {name: found for name, found in ranges.items() if name in hidden}, weak)
