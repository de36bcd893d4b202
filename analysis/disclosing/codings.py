"""What tables of coded answers are made from, as plain values that are kept with a release."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from analysis.core.agreement import Publication
from analysis.core.coded import Coded, CodedBases, CodedRow
from analysis.core.plan import Plan

Kept = list[dict[str, Any]]


def kept_codings(every: Iterable[Coded]) -> Kept:
    """The codes of each table with their counts and bases."""
    return [
        {
            "table": each.spec.id,
            "bases": asdict(each.bases),
            "rows": [[row.code, row.label, row.boards, row.publication.value] for row in each.rows],
        }
        for each in every
    ]


def read_codings(kept: Kept, *, plan: Plan) -> Iterator[Coded]:
    """The same again; a table that the plan no longer has is left out."""
    specs = {spec.id: spec for spec in plan.coded}
    for each in kept:
        if each["table"] in specs:
            rows = (CodedRow(code, label, boards, Publication(how)) for code, label, boards, how in each["rows"])
            yield Coded(specs[each["table"]], tuple(rows), CodedBases(**each["bases"]))
