"""The report as a build: asked for on a page, made by a worker, downloaded whole."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import AuditEntry, Role
from analysis.builds.models import Build, BuildState
from analysis.builds.reports import REPORT_PDF
from analysis.builds.requesting import request_build
from analysis.builds.running import run_build
from analysis.responses import response_of
from survey.models import Wave
from tests.builders import NOW, person, sign_in
from tests.works import make_with


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))
    return client


@pytest.fixture
def quick_builder(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the doors: what is built does not matter to them, and a report takes seconds."""
    make_with(monkeypatch, "small")


def queued(munro: Wave) -> Build:
    return request_build(munro, kind=REPORT_PDF, person=None, now=NOW, ring=lambda _: None)


@pytest.mark.django_db
def test_boards_chairs_and_authorities_are_counted_apart(munro: Wave) -> None:
    response = response_of(munro, now=NOW)

    assert (response.returns, response.boards_named, response.boards, response.authorities) == (57, 51, 148, 152)
    assert response.chairs == 53
    assert response.unattributed == 6


@pytest.mark.once  # a worker builds it on both stores
@pytest.mark.django_db
def test_a_build_ends_with_the_report_and_its_progress_was_told(munro: Wave) -> None:
    build = queued(munro)

    run_build(build.pk)

    build.refresh_from_db()
    assert (build.state, build.step, build.steps, build.doing) == (BuildState.DONE, 5, 5, "")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(build.content or b""))).pages)
    assert "57 of 148 boards (39%)" in text


@pytest.mark.django_db
def test_a_wave_without_a_plan_fails_with_the_reason(munro: Wave) -> None:
    munro.plan = ""
    munro.save()
    build = queued(munro)

    run_build(build.pk)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.doing == "Survey of chairs names no analysis plan, so there are no tables. Record one among its tasks."


@pytest.mark.django_db
def test_an_unexpected_error_is_logged_with_its_traceback_and_told_plainly(
    munro: Wave, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_with(monkeypatch, "broken")
    monkeypatch.setattr("analysis.builds.running.log.propagate", True)
    build = queued(munro)

    run_build(build.pk)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert "a bug" not in build.doing
    assert "in broken" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError: a bug" not in caplog.text  # the words of an error may quote what somebody wrote


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_builder")
def test_running_a_finished_build_again_changes_nothing(munro: Wave) -> None:
    build = queued(munro)
    run_build(build.pk)
    build.refresh_from_db()

    run_build(build.pk)

    again = Build.objects.get(pk=build.pk)
    assert (again.digest, again.finished_at, again.attempts) == (build.digest, build.finished_at, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_builder")
def test_only_a_finished_build_can_be_downloaded(analyst: Client, munro: Wave) -> None:
    build = queued(munro)

    assert analyst.get(f"/waves/munro-2012/report/{build.pk}/file/").status_code == 404
    waiting = analyst.get(f"/waves/munro-2012/report/{build.pk}/")
    run_build(build.pk)
    ready = analyst.get(f"/waves/munro-2012/report/{build.pk}/")
    download = analyst.get(f"/waves/munro-2012/report/{build.pk}/file/")

    assert [b" data-under-way>" in page.content for page in (waiting, ready)] == [True, False]
    assert [b">Look again</a>" in page.content for page in (waiting, ready)] == [True, False]
    assert b"http-equiv" not in waiting.content
    assert download.content.startswith(b"%PDF-1.7")
    assert download.headers["Content-Disposition"] == 'attachment; filename="munro-2012-report.pdf"'
    assert AuditEntry.objects.get(act="figures.taken").detail == {"what": "Report for the team (PDF)"}


@pytest.mark.django_db
def test_a_researcher_asks_by_post_only(analyst: Client, munro: Wave) -> None:
    assert analyst.get("/waves/munro-2012/report/new/report_pdf/").status_code == 405
    assert not Build.objects.exists()


@pytest.mark.once
@pytest.mark.django_db
def test_what_is_made_from_a_release_says_what_comes_first(analyst: Client, munro: Wave) -> None:
    page = analyst.get(f"/waves/{munro.slug}/report/").content.decode()
    assert "Nothing of this wave has been released yet." in page
    assert f'href="/waves/{munro.slug}/tables/disclosure/">Go there first' in page
    assert "Build: Topline of the last release" not in page
    assert "<li>Topline of the last release (PDF)</li>" in page
