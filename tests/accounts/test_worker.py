"""A real worker sends what is queued, and what nobody rang for."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.outbox.models import Message, MessageState
from config.demonstration.mailbox import latest_letters
from tests import builders
from tests.workers import celery_worker

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
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
