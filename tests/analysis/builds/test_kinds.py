"""The kinds of builds: declared by the rooms, each with work that is there, seen and asked for by those who may."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.module_loading import import_string

from accounts.digests import bytes_digest
from accounts.models import AuditEntry, Role
from analysis.builds.clearing import clear_builds, rule
from analysis.builds.kinds import Kind, declare, kinds
from analysis.builds.models import Build, BuildState
from analysis.builds.products import file_name_of
from analysis.builds.reports import REPORT_PDF
from analysis.disclosing.builds import DISCLOSURE, RELEASE_PDF
from tests.builders import NOW, person, sign_in, wave


@pytest.mark.pure
def test_the_work_of_every_kind_is_there() -> None:
    assert {REPORT_PDF.name, DISCLOSURE.name, RELEASE_PDF.name} <= set(kinds())
    for kind in kinds().values():
        assert callable(import_string(kind.gather))
        assert callable(import_string(kind.make))


@pytest.mark.pure
def test_a_name_stands_for_one_kind() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        declare(Kind(name=REPORT_PDF.name, words="Another", gather="a.b", make="c.d"))


@pytest.mark.once
@pytest.mark.django_db
def test_each_sees_and_takes_away_what_their_role_may(client: Client) -> None:
    about = {"wave": wave(), "state": BuildState.DONE, "content": b"x", "digest": bytes_digest(b"x"), "size": 1}
    release = Build.objects.create(kind=RELEASE_PDF.name, number=2, requested_at=NOW, finished_at=NOW, **about)
    found = {}
    for role in (Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR):
        sign_in(client, person(f"{role}@example.org", role=role))
        pages = ("", f"{release.pk}/", f"{release.pk}/file/")
        answers = [client.get(f"/waves/{release.wave.slug}/report/{page}") for page in pages]
        found[role] = [b"release 2" in answers[0].content, *(answer.status_code for answer in answers[1:])]

    assert found == {
        Role.RESEARCHER: [False, 404, 404],
        Role.ANALYST: [True, 200, 200],
        Role.ADMINISTRATOR: [True, 200, 404],
    }
    assert file_name_of(release) == f"{release.wave.slug}-release-2.pdf"


@pytest.mark.django_db
def test_files_of_old_builds_are_removed_by_rule_and_those_of_releases_kept(settings: LazySettings) -> None:
    settings.BUILDS_KEPT = 2
    about = {"wave": wave(), "state": BuildState.DONE, "content": b"x", "digest": bytes_digest(b"x")}
    for age in range(4):
        then = NOW - timedelta(days=age)
        Build.objects.create(kind=REPORT_PDF.name, doing=str(age), requested_at=then, **about)
        Build.objects.create(kind=REPORT_PDF.name, subject="barnet", requested_at=then, **about)
        Build.objects.create(kind=RELEASE_PDF.name, number=age, requested_at=then, **about)

    assert clear_builds(now=NOW) == 4

    kept = Build.objects.filter(state=BuildState.DONE)
    assert set(kept.filter(kind=REPORT_PDF.name, subject="").values_list("doing", flat=True)) == {"0", "1"}
    assert kept.filter(kind=RELEASE_PDF.name).count() == 4
    cleared = Build.objects.filter(state=BuildState.CLEARED)
    assert not cleared.exclude(content=None).exists()
    assert AuditEntry.objects.get(act="build.cleared").detail == {"files": 4}
    assert clear_builds(now=NOW) == 0
    assert rule().startswith("The 2 newest files of each kind are kept")
