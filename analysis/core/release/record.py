"""Decisions as a document that is kept with the release, and read again for the releases after it."""

from collections.abc import Mapping
from typing import Any

from analysis.core.count_systems import Range
from analysis.core.release.decisions import Decisions
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import Group

Document = Mapping[str, Any]


def written(decisions: Decisions) -> dict[str, Any]:
    """Return the decisions in plain values; read by `read`."""
    return {
        "smallest": decisions.smallest,
        "groups": [[group.stratum, group.label, list(group.levels)] for group in decisions.groups],
        "tables": list(decisions.tables),
        "left_out": dict(decisions.left_out),
        "bases": dict(decisions.bases),
        "hidden": dict(decisions.hidden),
        "ranges": {name: [found.low, found.high] for name, found in decisions.ranges.items()},
        "weak": list(decisions.weak),
        "refusals": list(decisions.refusals),
        "cautions": list(decisions.cautions),
    }


def read(document: Document) -> Decisions:
    """Return the decisions that were written."""
    return Decisions(
        smallest=document["smallest"],
        groups=tuple(Group(stratum, label, tuple(levels)) for stratum, label, levels in document["groups"]),
        tables=tuple(document["tables"]),
        left_out=document["left_out"],
        bases=document["bases"],
        hidden=document["hidden"],
        ranges={name: Range(low, high) for name, (low, high) in document["ranges"].items()},
        weak=tuple(document["weak"]),
        refusals=tuple(document["refusals"]),
        cautions=tuple(document.get("cautions", ())),
    )


def as_earlier(document: Document, *, number: int, extract: str) -> Earlier:
    """Return what a release has told the public, for those that come after it."""
    decisions = read(document)
    return Earlier(
        number=number,
        extract=extract,
        groups=decisions.groups,
        bases=decisions.bases,
        hidden=frozenset(decisions.hidden),
        tables=frozenset(decisions.tables),
        left_out=frozenset(decisions.left_out),
    )
