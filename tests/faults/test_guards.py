"""The guards by themselves: each is tried where the others that usually come before it have let something through."""

import re
from copy import copy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from accounts.leases import LeasedRow
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_message
from respondents.returns.models import Return, Submission
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, chair, return_of, wave

pytestmark = pytest.mark.django_db
COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    assert found.board
    ann = chair(found.board)
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=NOW)
    return found


def test_the_database_takes_no_second_submission_of_a_version_number_or_reference(barnet: Return) -> None:
    assert barnet.changed_by
    first = submit_return(barnet, person=barnet.changed_by, version=1, now=NOW)
    assert isinstance(first, Submission)
    others = {"number": 2, "version": 2, "reference": "OTHER"}
    for same in others:
        second = copy(first)
        second.pk, second._state.adding = None, True
        for name in others.keys() - {same}:
            setattr(second, name, others[name])
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()


def test_the_database_takes_no_second_return_of_a_board_in_a_wave(barnet: Return) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.create(wave=barnet.wave, board=barnet.board)


def test_one_effect_is_told_once_whoever_queues_it() -> None:
    for _ in range(2):
        queue("receipt:1")
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_rung_for_before_it_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    rung = list[bool]()
    monkeypatch.setattr("accounts.outbox.queueing.ring", lambda _: rung.append(connection.in_atomic_block))
    with transaction.atomic():
        queue("receipt:2")
    assert rung == [False]


@pytest.mark.sqlite
def test_what_a_killed_worker_held_is_rung_for_within_a_minute() -> None:
    told = settings.CELERY_BEAT_SCHEDULE
    sweeps = [float(str(told[name]["schedule"])) for name in told if name.startswith("sweep-")]
    kinds = LeasedRow.__subclasses__()
    assert len(sweeps) >= len(kinds) >= 4
    assert {kind.__name__ for kind in kinds if kind.LEASE.total_seconds() + max(sweeps) > 60} == set()


@pytest.mark.postgresql
def test_no_setting_of_ours_lets_a_commit_go_unwritten() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
        (source,) = cursor.fetchone()
    assert source in {"default", "configuration file", "command line"}, source
    assert "synchronous_commit" not in str(settings.DATABASES)
    weakened = re.compile(r"(fsync|synchronous_commit|full_page_writes)\W+(off|local|false|0)", re.IGNORECASE)
    assert not weakened.search(COMPOSE.read_text())


def queue(key: str) -> None:
    letter = Letter("A subject", "words\n")
    queue_message(new_message(key, kind=MessageKind.RECEIPT, recipient="ann@example.org", letter=letter, now=NOW))
