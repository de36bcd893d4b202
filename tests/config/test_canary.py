"""What people type and are sent is followed through real requests: it is in no log line and no task's message."""

import io
import json
import logging
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from celery import current_app
from django.conf import settings
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.doorbell import ring
from accounts.outbox.tasks import send
from config.watching.lines import house_formatter
from config.watching.numbers import REQUEST, current_request
from respondents.register.models import Board
from tests import builders
from tests.post import carry_post, code_in_the_post

pytestmark = pytest.mark.once
EMAIL, NAME, ANSWER = "canary.bird@example.org", "Canaria", "the canary sang of thresholds"
TOKEN = "Canary-token-0123456789-abcdefghijklmnopqrstuvwx"
NUMBER = "0123456789abcdef" * 2
TOLD = ("", "django", "survey", "celery")  # the loggers that have handlers of their own in some program


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Whatever any logger says, in both formats."""
    said = io.StringIO()
    handlers = [logging.StreamHandler(said), logging.StreamHandler(said)]
    handlers[0].setFormatter(house_formatter("json"))
    handlers[1].setFormatter(house_formatter("line"))
    loggers = [logging.getLogger(name) for name in TOLD]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        if not logger.propagate or logger.name == "root":
            for handler in handlers:
                logger.addHandler(handler)
    yield said
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
        for handler in handlers:
            logger.removeHandler(handler)


def queue() -> Path:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    folders = [Path(str(options[name])) for name in ("data_folder_in", "control_folder")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return folders[0]


@current_app.task(name="tests.canary.fails")
def fails(said: str) -> None:
    raise ValueError(said)


def walk(client: Client, url: str) -> str:
    """Signs in with the code that was asked for, answers, goes astray; two tasks fail. The code that was sent."""
    carry_post()
    code = code_in_the_post()
    client.post("/sign-in/code/", {"code": "BCDF-GHJK"})
    client.post("/sign-in/code/", {"code": code})
    client.post(f"{url}questions/B1/", {"base-version": 0, "B1.health": ANSWER}, query_params={"q": EMAIL})
    client.post(f"{url}questions/nothing/", {"base-version": ANSWER, "text": ANSWER})
    client.get(f"/invitation/{TOKEN}/")
    client.get(f"/calendar/{TOKEN}.ics")
    client.get("/people/", {"said": ANSWER})
    fails.apply(args=(f"{EMAIL} {ANSWER}",))
    send.apply(args=(TOKEN,))  # no number of a message: it fails with words that quote it
    logging.getLogger("weasyprint").warning("the session %s of %s", client.session.session_key, EMAIL)
    return code


@pytest.mark.django_db
def test_nothing_that_people_type_or_are_sent_stands_in_a_log_or_a_task(
    client: Client,
    lines: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(settings, "LOG_FORMAT", "json")
    monkeypatch.setattr(settings, "BEHIND_PROXY", True)
    client = Client(raise_request_exception=False, headers={"X-Request-ID": NUMBER})
    wave = builders.wave()
    chair = builders.chair(Board.objects.get(slug="barnet"), email=EMAIL)
    type(chair).objects.filter(pk=chair.pk).update(name=NAME)
    url = f"/returns/{builders.return_of('barnet', in_wave=wave).pk}/"
    known = set(queue().iterdir())

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/sign-in/", {"email": EMAIL}, follow=True)
    rung = [path.read_text() for path in set(queue().iterdir()) - known]
    code = walk(client, url)

    told = lines.getvalue()
    assert "tests.canary.fails" in told
    assert '"route": "account_confirm_login_code"' in told
    key = str(client.session.session_key)
    canaries = (EMAIL, NAME, ANSWER, TOKEN, code, code.replace("-", ""), "BCDF-GHJK", key)
    assert [canary for canary in canaries if canary in told] == []
    assert len(rung) == 1
    inside = b64decode(json.loads(rung[0])["body"]).decode()
    assert [canary for canary in canaries if canary in rung[0] + inside] == []


def test_a_task_goes_by_the_number_of_the_request_that_rang_for_it(lines: io.StringIO) -> None:
    known = set(queue().iterdir())
    before = REQUEST.set(NUMBER)
    ring("accounts.outbox.tasks.send", [UUID(NUMBER)])
    REQUEST.reset(before)
    (rung,) = set(queue().iterdir()) - known

    assert json.loads(rung.read_text())["headers"]["request_id"] == NUMBER
    fails.apply(args=("x",), headers={"request_id": NUMBER})
    assert f'"request_id": "{NUMBER}", "task": "tests.canary.fails"' in lines.getvalue()
    assert current_request() == ""


@pytest.mark.django_db
def test_a_request_bears_the_number_the_proxy_gave_and_nothing_else_that_it_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [client.get("/health/live", headers={"X-Request-ID": NUMBER})["X-Request-ID"]]  # no proxy: a stranger's
    monkeypatch.setattr(settings, "BEHIND_PROXY", True)
    asked += [client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"] for given in (NUMBER, "x\ny")]

    assert [given == NUMBER for given in asked] == [False, True, False]
    assert current_request() == ""


def test_a_line_of_json_says_which_request_and_keeps_what_machines_need() -> None:
    record = logging.makeLogRecord(
        {"name": "survey.request", "levelname": "INFO", "msg": "answered", "route": "live", "ms": 1.5, "request": EMAIL}
    )

    said = json.loads(house_formatter("json").format(record))

    assert {name: said.get(name) for name in ("logger", "message", "route", "ms", "request")} == {
        "logger": "survey.request", "message": "answered", "route": "live", "ms": 1.5, "request": None
    }  # fmt: skip


def test_what_operators_need_is_left_standing() -> None:
    from accounts.redaction import redacted  # noqa: PLC0415 -- beside what it is about

    digest, build = "a1" * 32, "0b5c4d1e-7a0f-4a58-9d4e-0d8f5f3b2a11"

    assert redacted(f"audit anchor 12:{digest}, build {build} WARNINGS 12:30:01") == (
        f"audit anchor 12:{digest}, build {build} WARNINGS 12:30:01"
    )
