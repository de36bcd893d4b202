"""The narrative claims of the paper against the invented returns: those that are right agree, the others are told."""

import json
from functools import cache
from typing import Any

import pytest

from analysis.core.finding_tokens import OF, Token
from analysis.core.findings import Figure, figure_of
from analysis.core.wording import is_borne_out
from tests.golden.published import HERE, tables

pytestmark = pytest.mark.pure

# The words of the paper for shares, in our spelling.
WORDS = {
    "majority": "the majority",
    "Over 50%": "over half",
    "Nearly 50%": "nearly half",
    "nearly a quarter": "nearly a quarter",
    "Just under one in five": "just under one in five",
    "More than four fifths": "more than four fifths",
    "Just under half": "just under half",
    "Over four fifths": "over four fifths",
    "over half": "over half",
    "Over three quarters": "over three quarters",
    "Just under two thirds": "just under two thirds",
    "Just over four fifths": "just over four fifths",
    "none": "none",
}
# Claims of the paper that its own tables contradict: E20 to E24.
CONTRADICTED = {("EH-1", 78), ("EH-2", 41), ("EH-7", 41), ("EH-8", 24), ("GOV-3", 50)}


@cache
def claims() -> list[tuple[str, dict[str, Any]]]:
    findings = json.loads((HERE / "published_findings.json").read_text(encoding="utf-8"))
    return [
        (finding["id"], claim)
        for finding in findings
        for claim in finding["claims"]
        if claim["derivation"]["kind"] == "share_of_counts"
    ]


def figure(claim: dict[str, Any]) -> Figure:
    source = claim["derivation"]
    rows, columns = "+".join(source["rows"]), "+".join(source["columns"])
    found = figure_of(Token(source["table"], f"{rows}.{columns}", OF), tables={table.id: table for table in tables()})
    assert found is not None
    return found


def agrees(claim: dict[str, Any]) -> bool:
    found = figure(claim)
    if claim["as_printed"] in WORDS:
        return is_borne_out(WORDS[claim["as_printed"]], k=found.count or 0, n=found.base)
    return found.percent == int(claim["value"])


def test_64_claims_stand_on_counts() -> None:
    assert len(claims()) == 64


@pytest.mark.parametrize(("finding", "claim"), claims(), ids=lambda value: value if isinstance(value, str) else None)
def test_a_claim_agrees_unless_the_tables_contradict_it(finding: str, claim: dict[str, Any]) -> None:
    assert agrees(claim) == ((finding, claim["value"]) not in CONTRADICTED)


def test_every_contradicted_claim_is_one_of_the_paper() -> None:
    assert {(finding, claim["value"]) for finding, claim in claims()} >= CONTRADICTED
