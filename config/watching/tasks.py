"""Tasks say which request rang for them, and workers write their lines as the house does."""

import logging
from types import ModuleType
from typing import Any

from celery.signals import (
    after_setup_logger,
    after_setup_task_logger,
    before_task_publish,
    task_postrun,
    task_prerun,
    worker_process_shutdown,
)
from celery.states import FAILURE
from django.conf import settings

from config.watching.lines import house_formatter
from config.watching.numbers import HEADER, REQUEST, TASK, current_request


def _traces() -> ModuleType | None:
    """Loaded only where somebody reads them."""
    if not settings.TRACES_URL:
        return None
    from config.watching import traces  # noqa: PLC0415

    return traces


@before_task_publish.connect
def _send_number(headers: dict[str, Any] | None = None, **_rest: object) -> None:
    if headers is not None and current_request():
        headers[HEADER] = current_request()
    if headers is not None and (traces := _traces()):
        traces.send_along(headers)


@task_prerun.connect
def _take_number(task: Any, **_rest: object) -> None:  # noqa: ANN401 -- as Celery has it
    sent = {**(task.request.headers or {}), **task.request.__dict__}
    REQUEST.set(sent.get(HEADER) or "")
    TASK.set(task.name)
    if traces := _traces():
        traces.begin_task(task.request.id, name=task.name, headers=sent)


@task_postrun.connect
def _lay_down_number(task_id: str = "", state: str = "", **_rest: object) -> None:
    if traces := _traces():
        traces.end_task(task_id, is_well=state != FAILURE)
    REQUEST.set("")
    TASK.set("")


@worker_process_shutdown.connect
def _send_what_is_left(**_rest: object) -> None:
    if traces := _traces():
        traces.provider().shutdown()


@after_setup_logger.connect
@after_setup_task_logger.connect
def _write_as_the_house_does(logger: logging.Logger, **_rest: object) -> None:
    for handler in logger.handlers:
        handler.setFormatter(house_formatter(settings.LOG_FORMAT))
