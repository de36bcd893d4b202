"""However a build ends, its page says what happened and what to do, and no part of a file can be taken away."""

from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from accounts.models import AuditEntry, Role
from analysis.builds.models import Build, BuildState
from analysis.builds.reports import REPORT_PDF
from analysis.builds.requesting import cancel_build, claim_build, note_progress, request_build
from analysis.builds.running import run_build
from survey.models import Wave
from tests.builders import NOW, person, sign_in, wave
from tests.works import SMALL, make_with

pytestmark = pytest.mark.django_db
TRY_AGAIN = "Try again"


def queued(munro: Wave | None = None) -> Build:
    asks = person("analyst@example.org", role=Role.ANALYST)
    return request_build(munro or wave(), kind=REPORT_PDF, person=asks, now=NOW, ring=lambda _: None)


def signed_in(client: Client, role: Role = Role.ANALYST) -> Client:
    sign_in(client, person(f"{role}@example.org", role=role))
    return client


def address(build: Build, rest: str = "") -> str:
    return f"/waves/{build.wave.slug}/report/{build.pk}/{rest}"


@pytest.mark.once
@pytest.mark.parametrize(
    ("work", "words"),
    [
        ("hungry", "Ask the administrator to have more allowed. It had come to: gathering."),
        ("spinning", "It took longer than 1 seconds and was stopped. Try again"),
        ("writing", "A file grew larger than 20 MiB, or the disk is full."),
        ("refusing", "names a table that is withheld."),
    ],
)
def test_its_page_says_why_it_ended_and_nothing_can_be_taken_away(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings, work: str, words: str
) -> None:
    settings.BUILD_LIMITS = {"memory": 1024, "processor": 1 if work == "spinning" else 60, "time": 60, "file": 20}
    make_with(monkeypatch, work)
    build = queued()
    signed_in(client)

    run_build(build.pk)

    build.refresh_from_db()
    page = client.get(address(build)).content.decode()
    assert (build.state, build.content, build.digest) == (BuildState.FAILED, None, "")
    assert words in page
    assert TRY_AGAIN in page
    assert client.get(address(build, "file/")).status_code == 404


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "then", "state"),
    [("killed", "small", BuildState.DONE), ("half_sent", "killed", BuildState.FAILED)],
)
def test_what_is_stopped_from_outside_is_begun_anew_without_a_hand_but_only_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, first: str, then: str, state: BuildState
) -> None:
    make_with(monkeypatch, first)
    build = queued()
    signed_in(client)
    run_build(build.pk)
    build.refresh_from_db()
    assert (build.state, build.content) == (BuildState.QUEUED, None)
    assert "is begun anew by itself. It had come to: gathering." in client.get(address(build)).content.decode()
    assert client.get(address(build, "file/")).status_code == 404

    make_with(monkeypatch, then)
    run_build(build.pk)  # at once: it is left alone until the machine had a moment
    assert Build.objects.get().attempts == 1
    Build.objects.update(lease_until=NOW)
    run_build(build.pk)
    assert Build.objects.get().state == state
    assert ("stopped from outside before it was" in client.get(address(build)).content.decode()) is (then == "killed")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full_when_it_is_stored_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    make_with(monkeypatch, "large")
    build = queued()

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what other tests have left free would hold the file
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        run_build(build.pk)
        cursor.execute("PRAGMA max_page_count = 1000000000")

    build.refresh_from_db()
    assert (build.state, build.content) == (BuildState.FAILED, None)
    assert build.doing.startswith("It was built, but the database could not store it: its disk may be full.")


def test_a_file_that_was_damaged_is_not_handed_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_with(monkeypatch, "small")
    build = queued()
    run_build(build.pk)
    signed_in(client)
    assert client.get(address(build, "file/")).content == SMALL

    Build.objects.filter(pk=build.pk).update(content=SMALL[:-1])
    refused = client.get(address(build, "file/"))

    assert refused.status_code == 409
    assert "Build it again" in refused.content.decode()
    assert AuditEntry.objects.filter(act="figures.taken").count() == 1


def test_who_asked_or_an_administrator_cancels_and_nobody_else(client: Client) -> None:
    build = queued()
    sign_in(client, person("other@example.org", role=Role.ANALYST))
    assert "Cancel" not in client.get(address(build)).content.decode()
    assert client.post(address(build, "cancel/")).status_code == 403

    signed_in(client, Role.ADMINISTRATOR)
    assert "Cancel" in client.get(address(build)).content.decode()
    assert client.post(address(build, "cancel/")).status_code == 303

    build.refresh_from_db()
    assert (build.state, "Cancelled by" in build.doing) == (BuildState.CANCELLED, True)
    assert AuditEntry.objects.filter(act="build.cancelled").count() == 1
    assert client.post(address(build, "cancel/")).status_code == 409


def test_a_cancelled_build_is_let_go_by_its_worker_and_can_be_asked_for_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled while the confined process waits: the worker notices at its next look, kills it and stores nothing."""
    make_with(monkeypatch, "waiting")
    build = queued()

    def note_and_cancel(held: Build, *, doing: str, **rest: object) -> bool:
        is_held = note_progress(held, doing=doing, **rest)  # type: ignore[arg-type]
        if doing.startswith("Process"):
            cancel_build(held, by=person("analyst@example.org", role=Role.ANALYST), now=NOW)
        return is_held

    monkeypatch.setattr("analysis.builds.running.note_progress", note_and_cancel)
    run_build(build.pk)

    build.refresh_from_db()
    assert (build.state, build.content) == (BuildState.CANCELLED, None)
    signed_in(client)
    assert TRY_AGAIN in client.get(address(build)).content.decode()
    assert client.post(address(build, "again/")).status_code == 303
    assert Build.objects.filter(state=BuildState.QUEUED).count() == 1


def test_a_build_that_was_cancelled_while_it_waited_is_not_begun() -> None:
    build = queued()
    cancel_build(build, by=person("analyst@example.org", role=Role.ANALYST), now=NOW)
    assert claim_build(UUID(str(build.pk)), now=NOW) is None
