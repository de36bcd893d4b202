"""The text of a report: kept version by version, never used while it has problems, never lost to another's."""

import pytest

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from analysis.builds.models import Build
from analysis.planning import template_of, template_text
from analysis.templating.models import ReportText
from analysis.templating.noting import template_for_build
from analysis.templating.versions import Version, latest_of, used_of, version_or_404, versions_of
from analysis.templating.writing import Conflict, restore_text, save_text
from survey.models import Wave
from tests.builders import NOW, person

pytestmark = pytest.mark.django_db

SOUND = "---\ntitle: Ours\n---\n\n# Summary\n\nWords.\n"
BROKEN = SOUND.replace("Words.", "{nothing of the kind")


@pytest.fixture
def ann(munro: Wave) -> User:
    return person("ann@example.org", role=Role.ANALYST)


def saved(wave: Wave, text: str, *, base: int, by: User) -> Version:
    found = save_text(wave, text, base=base, note="Shorter", by=by, now=NOW)
    assert isinstance(found, Version)
    return found


def test_before_anybody_writes_the_text_is_that_of_the_plan(munro: Wave) -> None:
    assert [each.number for each in versions_of(munro)] == [0]
    assert used_of(munro).text == template_text(munro)


def test_what_is_saved_is_the_next_version_and_reports_are_made_from_it(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)

    assert template_of(munro).header.title == "Ours"
    row = ReportText.objects.get(wave=munro)
    assert (row.number, row.note, row.written_by, row.written_at, row.problems) == (1, "Shorter", ann, NOW, 0)
    entry = AuditEntry.objects.latest("pk")
    assert entry.act == "report.text_saved"
    assert entry.detail["version"] == 1
    assert "Words" not in str(entry.detail)


def test_a_text_with_problems_is_kept_and_no_report_is_made_from_it(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)

    broken = saved(munro, BROKEN, base=1, by=ann)

    assert broken.problems == 1
    assert latest_of(munro).text == BROKEN
    assert used_of(munro).number == 1
    assert template_of(munro).header.title == "Ours"


def test_the_same_text_again_is_no_version(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)

    assert saved(munro, SOUND, base=0, by=ann).number == 1
    assert ReportText.objects.filter(wave=munro).count() == 1


def test_a_text_begun_before_another_was_saved_is_not_put_over_it(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)

    found = save_text(munro, SOUND + "More.\n", base=0, note="", by=ann, now=NOW)

    assert isinstance(found, Conflict)
    assert found.standing.text == SOUND
    assert ReportText.objects.filter(wave=munro).count() == 1


def test_an_old_version_comes_back_as_the_next(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)

    back = restore_text(munro, version_or_404(munro, 0), by=ann, now=NOW)

    assert (back.number, back.text, back.note) == (2, template_text(munro), "Version 0 brought back")
    assert [each.number for each in versions_of(munro)] == [2, 1, 0]


def test_a_build_notes_which_version_it_was_made_from(munro: Wave, ann: User) -> None:
    saved(munro, SOUND, base=0, by=ann)
    saved(munro, BROKEN, base=1, by=ann)
    build = Build.objects.create(wave=munro, kind="report_pdf", requested_at=NOW)

    assert template_for_build(build).header.title == "Ours"

    build.refresh_from_db()
    assert build.text_version == 1
