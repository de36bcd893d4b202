"""A real worker sends what is queued, what nobody rang for, and what another worker died over."""

import os
import re
import signal
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.outbox.letters import Letter
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.outbox.queueing import new_message, queue_message
from config.demonstration.mailbox import latest_letters
from tests import builders
from tests.services import wait_until
from tests.smtp import post_office
from tests.workers import celery_worker, worker_process

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
LETTER = Letter("A subject", "some words\n")
SECONDS = 3.0  # a person who waits for a code looks again after that


def codes_for(email: str) -> list[str]:
    letters = latest_letters(Path(settings.EMAIL_FILE_PATH))
    return [code for letter in letters if letter.to == email for code in re.findall(r"[A-Z]{4}-[A-Z]{4}", letter.text)]


def test_code_comes_soon_and_signs_in_and_a_lost_ring_is_made_good(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.person("prompt@example.org")
    builders.person("patient@example.org")
    with celery_worker(tmp_path) as wait_for:
        client.post("/sign-in/", {"email": "stranger@example.org"})
        wait_for(lambda: Message.objects.filter(state=MessageState.SENT).exists())
        started = time.monotonic()
        client.post("/sign-in/", {"email": "prompt@example.org"})
        wait_for(lambda: codes_for("prompt@example.org"))
        took = time.monotonic() - started
        answer = client.post("/sign-in/code/", {"code": codes_for("prompt@example.org")[0]})

        monkeypatch.setattr("accounts.outbox.queueing.ring", lambda _: None)
        Client().post("/sign-in/", {"email": "patient@example.org"})
        wait_for(lambda: codes_for("patient@example.org"))

    assert took < SECONDS
    assert (answer.status_code, "_auth_user_id" in client.session) == (302, True)
    assert codes_for("stranger@example.org") == []


@pytest.mark.postgresql  # where several workers share the queue
def test_message_outlives_the_worker_that_is_killed_while_handing_it_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post_office() as office:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{office.port}")
        office.speaks.clear()
        queue_message(
            new_message(
                "effect", kind=MessageKind.RECEIPT, recipient="a@example.org", letter=LETTER, now=timezone.now()
            )
        )
        with worker_process(tmp_path) as process:
            wait_until(lambda: office.begun, process=process, log=tmp_path / "worker.log")
            os.killpg(process.pid, signal.SIGKILL)
        stuck = Message.objects.get().state
        office.speaks.set()
        Message.objects.update(lease_until=timezone.now())  # two minutes later
        with celery_worker(tmp_path) as wait_for:
            wait_for(lambda: Message.objects.filter(state=MessageState.SENT).exists())

    assert (stuck, Message.objects.get().attempts) == (MessageState.SENDING, 2)
    assert len({message["Message-ID"] for _, message in office.letters}) == 1
    assert 1 <= len(office.letters) <= office.begun == 2
