"""Tasks say which request rang for them, and workers write their lines as the house does."""

import logging
from typing import Any

from celery.signals import (
    after_setup_logger,
    after_setup_task_logger,
    before_task_publish,
    task_postrun,
    task_prerun,
)

from config.watching.lines import house_formatter
from config.watching.numbers import HEADER, REQUEST, TASK, current_request


@before_task_publish.connect
def _send_number(headers: dict[str, Any] | None = None, **_rest: object) -> None:
    if headers is not None and current_request():
        headers[HEADER] = current_request()


@task_prerun.connect
def _take_number(task: Any, **_rest: object) -> None:  # noqa: ANN401 -- as Celery has it
    REQUEST.set(task.request.get(HEADER) or (task.request.headers or {}).get(HEADER) or "")
    TASK.set(task.name)


@task_postrun.connect
def _lay_down_number(**_rest: object) -> None:
    REQUEST.set("")
    TASK.set("")


@after_setup_logger.connect
@after_setup_task_logger.connect
def _write_as_the_house_does(logger: logging.Logger, **_rest: object) -> None:
    from django.conf import settings  # noqa: PLC0415 -- read when a worker starts, not when Celery is put together

    for handler in logger.handlers:
        handler.setFormatter(house_formatter(settings.LOG_FORMAT))
