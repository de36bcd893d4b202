"""A large register is checked and imported by a worker, all of it or nothing, wherever the worker dies."""

from datetime import timedelta
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import keeping as keeping_module
from accounts.keeping import keeping
from accounts.models import AuditEntry, Role, User
from respondents.register import large_imports, working
from respondents.register.history import ImportState, RegisterChange, RegisterImport
from respondents.register.jobs import ImportFile, ImportJob, JobState, PreviewLeaf
from respondents.register.large_imports import confirm_import, is_large, send_files, take_back
from respondents.register.models import Authority, Board
from respondents.register.working import run_job, sweep_jobs
from tests.builders import TWO_AUTHORITIES, TWO_BOARDS, person, sign_in
from tests.faults.test_killed import in_a_process_killed_at

FILES = [("authorities.csv", TWO_AUTHORITIES.encode()), ("boards.csv", TWO_BOARDS.encode())]
LATER = timedelta(seconds=45)


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_imports, "MOST_LINES", 1)


@pytest.fixture
def rita() -> User:
    return person("rita@example.org", role=Role.RESEARCHER)


def unrung(job: UUID) -> None:
    """The broker is away: only the sweeper rings."""


def work_off() -> None:
    """As a worker would, rung for by the sweeper until nothing is left."""
    while sweep_jobs(now=timezone.now() + LATER, ring=run_job):
        ImportJob.objects.filter(state=JobState.RUNNING).update(lease_until=timezone.now() - LATER)


def sent(rita: User, *, files: list[tuple[str, bytes]] = FILES) -> RegisterImport:
    return send_files(files, encoding="", ends_absent=False, by=rita, now=timezone.now(), ring=unrung)


def checked(rita: User, **which: Any) -> RegisterImport:
    found = sent(rita, **which)
    work_off()
    found.refresh_from_db()
    return found


def confirm(found: RegisterImport, rita: User) -> RegisterImport:
    confirm_import(found.pk, digest=found.digest, by=rita, now=timezone.now(), ring=unrung)
    work_off()
    found.refresh_from_db()
    return found


@pytest.mark.pure
def test_what_is_large_is_told_by_lines_and_of_workbooks_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_imports, "MOST_LINES", 2_000)

    assert [is_large([("a", b"x\n" * lines)]) for lines in (149, 2_000, 2_001)] == [False, False, True]
    assert [is_large([("a", b"PK" + b"\n" * size)]) for size in (20_000, 200_000)] == [False, True]


@pytest.mark.django_db
def test_a_large_import_is_checked_looked_at_done_and_undone_by_a_worker(rita: User) -> None:
    found = checked(rita)
    assert (found.state, Board.objects.count(), ImportFile.objects.count()) == (ImportState.PROPOSED, 0, 0)

    confirm(found, rita)
    assert (found.state, Board.objects.count(), PreviewLeaf.objects.count()) == (ImportState.APPLIED, 2, 0)

    take_back(found.pk, by=rita, now=timezone.now(), ring=unrung)
    work_off()
    found.refresh_from_db()
    assert (found.state, Board.objects.count()) == (ImportState.UNDONE, 0)
    assert [*AuditEntry.objects.values_list("act", flat=True)] == ["register.imported", "register.import_undone"]


@pytest.mark.django_db
def test_files_whose_check_is_given_up_are_not_kept(rita: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "checked_tables", lambda *_, **__: 1 / 0)
    found = checked(rita)

    assert (found.state, ImportFile.objects.count()) == (ImportState.REFUSED, 0)


@pytest.mark.django_db
def test_what_is_wrong_with_large_files_is_told_by_line(rita: User) -> None:
    found = checked(rita, files=[("boards.csv", TWO_BOARDS.encode())])

    assert (found.state, ImportFile.objects.count()) == (ImportState.REFUSED, 0)
    assert found.problems[0].startswith("line 2, boards file, column authorities: “E09000003” is not in")


@pytest.mark.django_db
def test_a_register_that_changed_since_is_looked_at_again_before_anything_is_done(rita: User) -> None:
    found = checked(rita)
    digest = found.digest
    Authority.objects.create(gss_code="E09000003", name="Old", authority_type="London borough", region="Outer London")

    confirm(found, rita)

    assert (found.state, Board.objects.count()) == (ImportState.PROPOSED, 0)
    assert "nothing was imported" in found.note
    assert found.digest != digest
    assert confirm(found, rita).state == ImportState.APPLIED


@pytest.mark.django_db
def test_a_job_whose_worker_is_lost_each_time_is_given_up_and_can_be_tried_again(rita: User) -> None:
    found = checked(rita)
    confirm_import(found.pk, digest=found.digest, by=rita, now=timezone.now(), ring=unrung)
    job = ImportJob.objects.get(state=JobState.QUEUED)
    for _ in range(ImportJob.MAX_ATTEMPTS):
        assert ImportJob.objects.claim(job.pk, now=timezone.now())
        ImportJob.objects.update(lease_until=timezone.now() - LATER)

    sweep_jobs(now=timezone.now(), ring=unrung)

    found.refresh_from_db()
    assert (found.state, Board.objects.count()) == (ImportState.PROPOSED, 0)
    assert "Its worker was lost 5 times" in found.note
    assert confirm(found, rita).state == ImportState.APPLIED


@pytest.mark.once
@pytest.mark.django_db
def test_the_page_follows_the_worker_and_can_be_looked_at_again(client: Client, rita: User) -> None:
    sign_in(client, rita)
    files = [SimpleUploadedFile(name, content) for name, content in FILES]
    fields = {"tables": files, "absent": "leave", "letters": "utf"}

    url = client.post("/register/imports/new/", fields).headers["Location"]
    waiting = client.get(url)
    work_off()
    preview = client.get(url)
    digest = preview.context["page"].digest
    client.post(f"{url}apply/", {"digest": digest})
    importing = client.get(url)
    work_off()

    for shown in (waiting, importing):
        assert "Refresh" not in shown.headers
        assert " data-under-way>" in shown.content.decode()
        assert f'href="{url}">Look again</a>' in shown.content.decode()
    assert "A worker will take it up in a moment." in waiting.content.decode()
    assert "Barnet Local Safeguarding Children Board" in preview.content.decode()
    assert "data-under-way" not in preview.content.decode()
    assert "What changed" in client.get(url).content.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_anywhere_leaves_all_or_nothing_and_the_next_ends_the_work(rita: User) -> None:
    def import_and_die(place: str) -> bool:
        found = sent(rita)
        job = found.jobs.get()
        _, check_killed = in_a_process_killed_at(place, lambda: run_job(job.pk))
        work_off()
        found.refresh_from_db()
        assert found.state == ImportState.PROPOSED, place
        confirm_import(found.pk, digest=found.digest, by=rita, now=timezone.now(), ring=unrung)
        job = found.jobs.get(state=JobState.QUEUED)
        _, killed = in_a_process_killed_at(place, lambda: run_job(job.pk))
        assert Board.objects.count() in (0, 2), place
        work_off()
        found.refresh_from_db()
        assert (found.state, Board.objects.count(), Authority.objects.count()) == (ImportState.APPLIED, 2, 3), place
        assert RegisterChange.objects.filter(of_import=found).count() == 5, place
        take_back(found.pk, by=rita, now=timezone.now(), ring=unrung)
        work_off()
        return check_killed or killed

    places = [*(f"before statement {number}" for number in range(0, 30, 6)), "before commit", "after commit", "nowhere"]
    died = {place for place in places if import_and_die(place)}

    assert {"before statement 0", "before statement 12", "before commit", "after commit"} <= died
    assert "nowhere" not in died


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lease_lasts_as_long_as_the_transaction_it_guards(rita: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_module, "BEAT", 0.05)
    job = ImportJob.objects.claim(sent(rita).jobs.get().pk, now=timezone.now() - LATER)
    assert job
    with keeping(job) as keeper, transaction.atomic():
        keeper.tell(doing="Importing", step=7)
        sleep(0.4)

    found = ImportJob.objects.get()
    assert (found.doing, found.step) == ("Importing", 7)
    assert ImportJob.objects.claim(job.pk, now=timezone.now()) is None
