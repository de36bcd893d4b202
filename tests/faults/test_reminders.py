"""A reminder run killed at every statement, and a real worker killed while it sends: each is reminded, none twice."""

import os
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accounts.outbox.models import BULK, Message, MessageState
from respondents.contacts import mailing as mailing_module
from respondents.contacts.doorbell import ring
from respondents.contacts.mailing import run_mailing
from respondents.contacts.models import Mailing, MailingState
from survey.models import Wave
from tests.builders import chair, person, two_boards, wave, whole_register
from tests.faults.test_killed import in_a_process_killed_at
from tests.services import wait_until
from tests.smtp import post_office
from tests.workers import celery_worker, worker_process


def open_wave_with_chairs() -> Wave:
    now = timezone.now()
    opened = wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
    for found in opened.returns.in_frame().select_related("board"):
        assert found.board
        chair(found.board, email=f"{found.board.slug}@example.org")
    return opened


def due_now(of: Wave) -> Mailing:
    now = timezone.now()
    return Mailing.objects.create(wave=of, due_at=now, made_by=person("jo@example.org"), made_at=now)


def let_leases_end() -> None:
    """As half a minute later."""
    Mailing.objects.filter(state=MailingState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_run_killed_anywhere_goes_on_where_it_was_and_reminds_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing_module, "BATCH", 1)
    two_boards()
    opened = open_wave_with_chairs()

    def remind_and_die(place: str) -> bool:
        run = due_now(opened)

        def remind() -> None:
            run_mailing(run.pk)

        _, killed = in_a_process_killed_at(place, remind)
        let_leases_end()
        assert run_mailing(run.pk) is False
        keys = Message.objects.filter(key__startswith=f"reminder:{run.pk}:").values_list("recipient", flat=True)
        assert sorted(keys) == ["barnet@example.org", "derby-and-derbyshire@example.org"], place
        run.refresh_from_db()
        assert (run.state, run.queued) == (MailingState.DONE, 2), place
        return killed

    places = [*(f"before statement {number}" for number in range(0, 44, 4)), "before commit", "after commit", "nowhere"]
    died = {place for place in places if remind_and_die(place)}

    assert {"before statement 0", "before statement 20", "before commit", "after commit"} <= died
    assert "nowhere" not in died


@pytest.mark.worker
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends_is_followed_by_one_that_ends_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_register()
    run = due_now(open_wave_with_chairs())
    with post_office() as office:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{office.port}")
        with worker_process(tmp_path) as process:
            ring([run.pk])
            wait_until(lambda: office.begun >= 40, process=process, log=tmp_path / "worker.log", seconds=60)
            os.killpg(process.pid, signal.SIGKILL)
        begun = office.begun
        let_leases_end()
        Message.objects.filter(state=MessageState.SENDING).update(lease_until=timezone.now())
        killed_at = timezone.now()
        with celery_worker(tmp_path) as wait_for:
            wait_for(lambda: Message.objects.filter(state=MessageState.SENT, kind__in=BULK).count() == 148)
        took = timezone.now() - killed_at

    counted = Counter(recipient for recipients, _ in office.letters for recipient in recipients)
    numbers = {str(letter["Message-ID"]) for _, letter in office.letters}
    assert begun < 148
    assert took < timedelta(seconds=60)
    assert (len(counted), len(numbers)) == (148, 148)
    assert len(office.letters) <= 149  # what was in hand when the worker died may have gone twice, never not at all
    assert connection.vendor == "postgresql"
