"""Figures of another survey: imported exactly as they were looked at, or not at all; withdrawn with a reason."""

import pytest

from accounts.models import AuditEntry, Role, User
from analysis.comparators.importing import import_proposal, preview_of, withdraw
from analysis.comparators.models import Comparator, ComparatorProposal
from analysis.comparators.refusals import GoneAlready, PreviewOutdated, StandsAlready
from analysis.core.table import Cell
from analysis.tabulation import tables_of
from respondents.tabular.lines import FileRefused
from survey.models import Wave
from tests.analysis.comparators.examples import FACTS, HEAD, STATEMENT, imported, proposed
from tests.builders import NOW, person, wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def beside() -> tuple[Wave, User]:
    return wave(), person("ann@example.org", role=Role.ANALYST)


def columns(found: Wave, table: str) -> list[str]:
    return [column.id for each in tables_of(found, now=NOW) if each.id == table for column in each.columns]


def test_only_what_was_confirmed_stands_beside_the_table_until_it_is_withdrawn(beside: tuple[Wave, User]) -> None:
    found, ann = beside
    before = columns(found, "table_8")
    sent = proposed(found, ann)
    assert columns(found, "table_8") == before

    kept = import_proposal(found, sent.pk, digest=preview_of(sent).digest, by=ann, now=NOW)
    assert set(columns(found, "table_8")) - set(before) == {f"{each}.{kept.name}" for each in before[:5]}
    (table,) = [each for each in tables_of(found, now=NOW) if each.id == "table_8"]
    assert table.cell("T8-1", f"agree.{kept.name}") == Cell(base=40, percent=40, marker="[b]")
    assert table.caveat.startswith("Survey of directors, 2011: directors of children’s services, March 2011 (N = 40).")
    assert not ComparatorProposal.objects.exists()

    withdraw(kept, reason="A newer edition is out", by=ann, now=NOW)
    assert columns(found, "table_8") == before
    with pytest.raises(GoneAlready):
        withdraw(kept, reason="Again", by=ann, now=NOW)
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts[-2:] == ["comparator.imported", "comparator.withdrawn"]


def test_only_what_was_shown_is_imported_and_once(beside: tuple[Wave, User]) -> None:
    found, ann = beside
    sent = proposed(found, ann)
    digest, number = preview_of(sent).digest, sent.pk
    with pytest.raises(PreviewOutdated):
        import_proposal(found, number, digest="0" * 64, by=ann, now=NOW)
    assert not Comparator.objects.exists()
    import_proposal(found, number, digest=digest, by=ann, now=NOW)
    with pytest.raises(GoneAlready):
        import_proposal(found, number, digest=digest, by=ann, now=NOW)
    with pytest.raises(StandsAlready):
        proposed(found, ann)


@pytest.mark.once
def test_lines_without_a_place_are_left_out_by_name_and_kept(beside: tuple[Wave, User]) -> None:
    found, ann = beside
    kept = imported(found, ann, text=STATEMENT + ",Weather,Agree,50,,40\n,H1.1,Agree,50,,40\n")
    assert [each.partition(".")[0] for each in kept.left_out] == ["Line 7", "Line 8"]
    assert len(kept.lines) == 7
    assert {place[1] for place in kept.places} == {"table_8"}


@pytest.mark.once
def test_a_file_without_any_place_is_refused_with_the_reason(beside: tuple[Wave, User]) -> None:
    found, ann = beside
    with pytest.raises(FileRefused) as refused:
        proposed(found, ann, text=HEAD + ",D1.1,Good,50,,40\n", facts={**FACTS, "scale": ["Good", "Poor"]})
    assert "Figures on different scales do not stand side by side" in str(refused.value.problems[0])
    assert not ComparatorProposal.objects.exists()
