"""The security log: who comes in, who does not, and what is tried in vain, told without addresses."""

import logging
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.models import Role, User
from accounts.security_log import TRIED, address_digest
from config.watching.security import CountingHandler
from tests import builders
from tests.accounts.test_codes import ask, enter
from tests.config.test_watching import RULES, exported
from tests.post import code_in_the_post

pytestmark = [pytest.mark.once, pytest.mark.django_db]
CHAIR, STRANGER, SHUT_OUT = "chair@example.org", "stranger@example.org", "former@example.org"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    cache.clear()  # the limits on asking
    monkeypatch.setattr(logging.getLogger("survey"), "propagate", True)
    caplog.set_level(logging.INFO, logger="survey.security")
    return caplog


def events(told: pytest.LogCaptureFixture, *fields: str) -> list[tuple[Any, ...]]:
    """These fields of each line, each once."""
    lines = {id(record): record for record in told.records if record.name == "survey.security"}.values()
    return [tuple(getattr(line, field, None) for field in ("event", *fields)) for line in lines]


def test_every_sign_in_of_a_respondent_good_or_bad_is_a_line_without_the_address(
    client: Client, told: pytest.LogCaptureFixture
) -> None:
    chair = builders.person(CHAIR)
    ask(client, CHAIR)
    code = code_in_the_post()
    for wrong in ("BCDF-GHJK", code):
        enter(client, wrong)
    client.post("/sign-in/out/")

    digest = address_digest(CHAIR)
    assert events(told, "person", "address", "reason") == [
        ("sign_in.asked", None, digest, None),
        ("sign_in.failed", None, digest, "wrong"),
        ("sign_in.done", chair.pk, digest, None),
        ("session.signed_out", chair.pk, None, None),
    ]
    assert "example.org" not in told.text.replace("testserver", "")
    assert code not in told.text


def test_guesses_at_strangers_and_at_those_shut_out_are_told_alike_until_a_code_is_right(
    told: pytest.LogCaptureFixture,
) -> None:
    builders.person(SHUT_OUT)
    for email in (STRANGER, SHUT_OUT):
        guesser = Client()
        ask(guesser, email)
        for _ in range(6):
            enter(guesser, "BCDF-GHJK")
    late = Client()
    ask(late, SHUT_OUT)
    code = code_in_the_post()
    User.objects.filter(email=SHUT_OUT).update(is_active=False)
    enter(late, code)

    failed = [line[1:] for line in events(told, "address", "reason") if line[0] == "sign_in.failed"]
    reasons = ["wrong"] * 4 + ["tried_too_often"] * 2
    assert failed[:12] == [(address_digest(email), reason) for email in (STRANGER, SHUT_OUT) for reason in reasons]
    assert ("sign_in.turned_away", address_digest(SHUT_OUT)) in events(told, "address")


def test_asking_without_end_is_told(client: Client, told: pytest.LogCaptureFixture) -> None:
    for _ in range(6):
        ask(client, STRANGER)
    assert events(told, "address")[-1] == ("sign_in.limited", address_digest(STRANGER))


def test_what_is_another_s_can_be_told_from_what_does_not_exist(client: Client, told: pytest.LogCaptureFixture) -> None:
    wave = builders.wave()
    chair = builders.chair(*[found.board for found in wave.returns.filter(board__slug="barnet") if found.board])
    other = builders.return_of("derby-and-derbyshire", in_wave=wave)
    client.force_login(chair)

    statuses = [client.get(path).status_code for path in (f"/returns/{other.pk}/", "/people/", "/nothing/here/")]

    assert statuses == [404, 404, 404]
    assert events(told, "person", "route")[1:] == [
        ("object.not_found", chair.pk, "portal:tasks"),
        ("page.refused", chair.pk, "people:people"),
    ]


def test_a_second_step_that_fails_and_a_form_without_its_token_are_told(told: pytest.LogCaptureFixture) -> None:
    jo = builders.person("jo@example.org", role=Role.RESEARCHER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(jo)
    builders.app_code(jo)
    client.post("/sign-in/second/", {"code": "wrong"})
    client.handler.enforce_csrf_checks = False
    client.post("/sign-in/second/", {"code": "wrong"})
    client.post("/sign-in/second/", {"code": builders.app_code(jo)})

    assert events(told, "person")[1:] == [("form.refused", None), ("second.failed", jo.pk), ("second.passed", jo.pk)]


def test_lines_are_counted_for_the_alert_which_counts_all_that_are_grave() -> None:
    CountingHandler().handle(logging.makeLogRecord({"event": "object.not_found"}))

    assert 'survey_security_total{event="object.not_found"} 1.0' in exported()
    assert set(RULES["DoorsTried"]["expr"].partition('=~"')[2].partition('"')[0].split("|")) == TRIED


def test_an_operator_finds_the_lines_of_an_address_that_is_asked_about() -> None:
    chair, said = builders.person(CHAIR), StringIO()
    call_command("address_digest", f" {CHAIR.upper()} ", stdout=said)
    call_command("address_digest", STRANGER, stdout=said)
    assert said.getvalue().splitlines() == [
        f"address={address_digest(CHAIR)} person={chair.pk}",
        f"address={address_digest(STRANGER)} nobody we know",
    ]
