"""What is digested and kept of a plan is what its tables are made by, whatever becomes of its files."""

import re
import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.digests import bytes_digest
from analysis import planning
from analysis.disclosing.planned import plan_at
from analysis.disclosing.refusals import NotKept
from analysis.disclosing.reporting import document_of_release
from analysis.publishing.wording import findings_of
from analysis.reporting import document_for_team
from analysis.tabulation import tables_of
from survey.models import Wave
from tests.analysis.disclosing.test_accounting import released


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of plans that somebody may change."""
    copied = shutil.copytree(planning.PLANS, tmp_path / "plans")
    monkeypatch.setattr(planning, "PLANS", copied)
    return copied


def change(plans: Path) -> None:
    """Other titles, other charts, another finding, another text of the report."""
    path = plans / "munro_2012.yaml"
    changed = re.sub(r"(\n    title: )(?=[A-Z])", r"\1Changed ", path.read_text(encoding="utf-8"))
    changed = changed.replace("agreed or strongly agreed that", "agreed as was Changed that")
    path.write_text(changed.replace("chart: diverging", "chart: stacked"), encoding="utf-8")
    text = plans / "munro_2012.report.md"
    text.write_text(text.read_text(encoding="utf-8") + "\n# A new chapter\n\nNew.\n", encoding="utf-8")


def read_again() -> None:
    """As after a restart."""
    for path in list(planning._FILES):
        if path.parent == planning.PLANS:
            del planning._FILES[path]
    for key in list(planning._READ):
        if key[0].startswith(f"{planning.PLANS}"):
            del planning._READ[key]


@pytest.mark.pure
def test_a_plan_is_digested_as_it_was_read_though_its_files_are_replaced(plans: Path) -> None:
    text = planning.plan_text("munro_2012")
    before = planning.plan_digest("munro_2012")

    change(plans)

    assert planning.plan_digest("munro_2012") == before == bytes_digest(text.encode())
    assert planning.plan_files("munro_2012")["munro_2012.yaml"] == text
    read_again()
    assert planning.plan_digest("munro_2012") != before


@pytest.mark.pure
def test_what_is_kept_of_a_plan_is_all_that_it_takes_to_read_it() -> None:
    assert sorted(planning.plan_files("munro_2012")) == [
        "baseline_lga_2010.csv",
        "errata_munro_2012.yaml",
        "munro_2012.one-page.md",
        "munro_2012.report.md",
        "munro_2012.yaml",
        "published_munro_2012.csv",
    ]


@pytest.mark.once
@pytest.mark.django_db
def test_the_report_of_a_release_stays_the_same_when_its_plan_changes(munro: Wave, plans: Path) -> None:
    release, now = released(munro), timezone.now()
    before, tables = document_of_release(release, now=now), tables_of(munro, now=now)
    said = list(findings_of(plan_at(release), tables, boards=148))

    change(plans)
    read_again()

    again = type(release).objects.get(pk=release.pk)
    assert document_of_release(again, now=now) == before
    assert list(findings_of(plan_at(again), tables, boards=148)) == said
    assert list(findings_of(planning.plan_of(munro), tables, boards=148)) != said
    team = document_for_team(munro, lambda *_: None, template=planning.template_of(munro), now=now)
    assert "Changed" in str(team)
    assert "Changed" not in str(before)

    old = released(munro, kept_plan=None, plan=release.plan)
    with pytest.raises(NotKept, match="before its analysis plan was kept with it, and the plan of today is another"):
        document_of_release(old, now=now)
    same = released(munro, kept_plan=None)
    assert plan_at(same) == planning.plan_of(munro)
