"""Where the time of a request or task went, for a collector of OpenTelemetry.

Spans are made here and not by the ready instrumentations, which tell addresses and the text of statements. Told are
routes, tasks, tables, the request's number; never an address, a parameter, an answer or the words of an error. Loaded
only where TRACES_URL is set.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from config.watching.numbers import current_request
from config.watching.requests import method_of, route_of

PATIENCE = 5  # seconds for a collector that does not answer, on a thread beside the work
FAULTS = 500  # the first status that says that the fault is ours
_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"(\w+)"')
_TASKS: dict[str, ExitStack] = {}


def provider() -> TracerProvider:
    """What gathers the spans of this process and sends them; a child process has one of its own."""
    return _provider(os.getpid())


@cache
def _provider(_process: int) -> TracerProvider:
    sampler = ParentBased(TraceIdRatioBased(settings.TRACES_SHARE))
    made = TracerProvider(sampler=sampler, resource=Resource({"service.name": "survey"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.TRACES_URL, timeout=PATIENCE)))
    return made


class TraceMiddleware:
    """A span for each request, and within it one for each statement to the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _span("request", kind=SpanKind.SERVER) as span:
            response = self.get_response(request)
            _tell_of(span, request, response)
        return response


def _tell_of(span: Span, request: HttpRequest, response: HttpResponse) -> None:
    method, route = method_of(request), route_of(request)
    span.update_name(f"{method} {route}")
    span.set_attributes(
        {"http.request.method": method, "http.route": route, "http.response.status_code": response.status_code}
    )
    if response.status_code >= FAULTS:
        span.set_status(StatusCode.ERROR)


def send_along(headers: dict[str, Any]) -> None:
    """The message that rings for a task says which span rang."""
    TraceContextTextMapPropagator().inject(headers)


def begin_task(number: str, *, name: str, headers: Mapping[str, Any]) -> None:
    """A span for the task, beneath the one that rang for it."""
    within = TraceContextTextMapPropagator().extract(headers)
    _TASKS[number] = ExitStack()
    _TASKS[number].enter_context(_span(name, kind=SpanKind.CONSUMER, within=within))


def end_task(number: str, *, is_well: bool) -> None:
    """The task has ended, well or not."""
    if number in _TASKS:
        with _TASKS.pop(number):
            if not is_well:
                get_current_span().set_status(StatusCode.ERROR)


@contextmanager
def _span(name: str, *, kind: SpanKind, within: Context | None = None) -> Iterator[Span]:
    about = {"survey.request": current_request()}
    with _begun(name, kind=kind, within=within, about=about) as span, connection.execute_wrapper(_statement):
        yield span


def _begun(
    name: str, *, kind: SpanKind, about: Mapping[str, str], within: Context | None = None
) -> AbstractContextManager[Span]:
    """A span that never quotes an error: its words may be what somebody typed."""
    return (
        provider()
        .get_tracer("survey")
        .start_as_current_span(
            name, context=within, kind=kind, attributes=about, record_exception=False, set_status_on_exception=False
        )
    )


def _statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 -- as Django calls it
    """What kind of statement, and the table it names first."""
    name = " ".join([*sql.split(maxsplit=1)[:1], *_TABLE.findall(sql)[:1]])
    with _begun(name, kind=SpanKind.CLIENT, about={"db.system.name": connection.vendor}):
        return execute(sql, params, many, context)
