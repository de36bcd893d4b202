"""The queue is the table: a build is claimed once, kept by a lease, swept up when its worker is gone."""

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest

from analysis.builds.models import Build, BuildState
from analysis.builds.reports import REPORT_PDF
from analysis.builds.requesting import (
    claim_build,
    fail_build,
    finish_build,
    note_progress,
    request_build,
    sweep_builds,
)
from tests.builders import NOW, wave

pytestmark = pytest.mark.django_db
LATER = NOW + Build.LEASE + timedelta(seconds=1)


@pytest.fixture
def rung() -> list[UUID]:
    return []


@pytest.fixture
def build(rung: list[UUID]) -> Build:
    return request_build(wave(), kind=REPORT_PDF, person=None, now=NOW, ring=rung.append)


def state(build: Build) -> BuildState:
    build.refresh_from_db()
    return BuildState(build.state)


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_rung_only_once_the_row_is_there(build: Build, rung: list[UUID]) -> None:
    assert rung == [build.pk]


def test_asking_again_while_one_is_under_way_gives_the_same_build(build: Build, rung: list[UUID]) -> None:
    again = request_build(build.wave, kind=REPORT_PDF, person=None, now=NOW, ring=rung.append)

    assert again == build


def test_a_build_is_claimed_by_one_worker_only(build: Build) -> None:
    first, second = claim_build(build.pk, now=NOW), claim_build(build.pk, now=NOW)

    assert (first, second) == (build, None)
    assert state(build) is BuildState.RUNNING


def test_progress_is_shown_and_prolongs_the_lease(build: Build) -> None:
    held = claim_build(build.pk, now=NOW)
    assert held is not None

    note_progress(held, doing="table 6 of 10", step=6, steps=10, now=NOW + timedelta(seconds=60))

    build.refresh_from_db()
    assert (build.doing, build.step, build.steps) == ("table 6 of 10", 6, 10)
    assert build.lease_until == NOW + timedelta(seconds=60) + Build.LEASE


def test_a_finished_build_holds_its_product_and_digest(build: Build) -> None:
    held = claim_build(build.pk, now=NOW)
    assert held is not None

    assert finish_build(held, b"%PDF", now=NOW)

    build.refresh_from_db()
    assert (build.state, bytes(build.content or b"")) == (BuildState.DONE, b"%PDF")
    assert build.digest == hashlib.sha256(b"%PDF").hexdigest()


def test_a_failed_build_says_why(build: Build) -> None:
    held = claim_build(build.pk, now=NOW)
    assert held is not None

    fail_build(held, reason="No plan.", now=NOW)

    assert (state(build), build.doing) == (BuildState.FAILED, "No plan.")


def test_the_sweeper_rings_for_what_waits_and_for_what_was_abandoned_only(build: Build, rung: list[UUID]) -> None:
    waiting = sweep_builds(now=NOW, ring=rung.append)
    claim_build(build.pk, now=NOW)
    held = sweep_builds(now=NOW, ring=rung.append)
    abandoned = sweep_builds(now=LATER, ring=rung.append)

    assert (waiting, held, abandoned) == (1, 0, 1)


def test_a_worker_that_comes_back_after_its_lease_does_not_overwrite_the_one_that_took_over(build: Build) -> None:
    slow = claim_build(build.pk, now=NOW)
    quick = claim_build(build.pk, now=LATER)
    assert slow is not None
    assert quick is not None

    assert finish_build(quick, b"quick", now=LATER)
    assert not finish_build(slow, b"slow", now=LATER)

    build.refresh_from_db()
    assert bytes(build.content or b"") == b"quick"


def test_a_poisoned_build_is_given_up_with_a_sentence(build: Build, rung: list[UUID]) -> None:
    now = NOW
    for _ in range(Build.MAX_ATTEMPTS):
        assert claim_build(build.pk, now=now) is not None
        now += Build.LEASE + timedelta(seconds=1)

    assert claim_build(build.pk, now=now) is None
    assert sweep_builds(now=now, ring=rung.append) == 0

    assert state(build) is BuildState.FAILED
    assert build.doing.startswith("Given up after 5 attempts, ")
