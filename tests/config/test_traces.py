"""Traces say where time went, to a collector that really listens, and nothing of what people type or are sent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.conf import LazySettings, settings
from django.test import Client

from config.watching.numbers import REQUEST
from respondents.register.models import Board
from tests import builders
from tests.collector import collector
from tests.post import carry_post, code_in_the_post

pytestmark = pytest.mark.once
EMAIL, ANSWER, TOKEN = "canary.bird@example.org", "the canary sang", "Canary-token-0123456789-abcdefghijklmnopqrstuvwx"
NUMBER = "0123456789abcdef" * 2
VERBS = {"GET", "POST", "SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE"}
TRACED = [settings.MIDDLEWARE[0], "config.watching.traces.TraceMiddleware", *settings.MIDDLEWARE[1:]]


@pytest.fixture
def spans(settings: LazySettings) -> Iterator[Callable[[], list[Any]]]:
    """Every span that the collector was sent by now, with the bytes it came in last."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (  # noqa: PLC0415 -- no other test loads it
        ExportTraceServiceRequest,
    )

    from config.watching import traces  # noqa: PLC0415 -- as the product has it

    with collector() as (port, sent):
        url = f"http://127.0.0.1:{port}/v1/traces"
        settings.TRACES_URL, settings.TRACES_SHARE, settings.MIDDLEWARE = url, 1.0, TRACED
        traces._provider.cache_clear()

        def received() -> list[Any]:
            traces.provider().force_flush()
            return [
                span
                for body in sent
                for resource in ExportTraceServiceRequest.FromString(body).resource_spans
                for scope in resource.scope_spans
                for span in scope.spans
            ]

        yield received
        traces.provider().shutdown()
        traces._provider.cache_clear()


@current_app.task(name="tests.traces.fails")
def fails(said: str) -> None:
    Board.objects.filter(name=said).exists()
    raise ValueError(said)


@pytest.mark.django_db
def test_a_request_and_its_statements_are_told_by_name_and_nothing_else(spans: Callable[[], list[Any]]) -> None:
    wave = builders.wave()
    builders.chair(Board.objects.get(slug="barnet"), email=EMAIL)
    url = f"/returns/{builders.return_of('barnet', in_wave=wave).pk}/"
    client = Client(raise_request_exception=False)
    client.post("/sign-in/", {"email": EMAIL})
    carry_post()
    code = code_in_the_post()
    client.post("/sign-in/code/", {"code": code})
    client.post(f"{url}questions/B1/", {"base-version": 0, "B1.health": ANSWER}, query_params={"q": EMAIL})
    client.get(f"/invitation/{TOKEN}/")

    told = spans()

    names = {span.name for span in told}
    assert {"POST account_confirm_login_code", "POST portal:question", "UPDATE accounts_signincode"} <= names
    assert {name.split(" ")[0] for name in names} <= VERBS
    requests = {span.span_id: span for span in told if not span.parent_span_id}
    assert all(span.parent_span_id in requests for span in told if span.name.startswith(("SELECT", "INSERT")))
    said = "\n".join(str(span) for span in told)
    canaries = (EMAIL, "barnet", ANSWER, TOKEN, code, code.replace("-", ""), str(client.session.session_key))
    assert [canary for canary in canaries if canary in said] == []


@pytest.mark.django_db
def test_a_task_lies_beneath_the_span_that_rang_for_it_and_says_that_it_failed(spans: Callable[[], list[Any]]) -> None:
    from config.watching import traces  # noqa: PLC0415 -- as the product has it

    headers: dict[str, Any] = {"request_id": NUMBER}
    before = REQUEST.set(NUMBER)
    with traces.provider().get_tracer("test").start_as_current_span("rings"):
        traces.send_along(headers)
    REQUEST.reset(before)
    fails.apply(args=(f"{EMAIL} {ANSWER}",), headers=headers)

    rings, statement, task = spans()  # in the order in which they ended
    assert (task.name, task.parent_span_id, task.trace_id) == ("tests.traces.fails", rings.span_id, rings.trace_id)
    assert (statement.name, statement.parent_span_id) == ("SELECT respondents_board", task.span_id)
    assert task.status.code == task.status.STATUS_CODE_ERROR
    assert {pair.key: pair.value.string_value for pair in task.attributes} == {"survey.request": NUMBER}
    assert EMAIL not in str(task)
    assert not task.events


def test_a_collector_that_is_away_hinders_nothing(settings: LazySettings) -> None:
    from config.watching import traces  # noqa: PLC0415 -- as the product has it

    settings.TRACES_URL, settings.TRACES_SHARE, settings.MIDDLEWARE = "http://127.0.0.1:9/v1/traces", 1.0, TRACED
    traces._provider.cache_clear()

    assert Client().get("/health/live").status_code == 200

    traces.provider().shutdown()
    traces._provider.cache_clear()
