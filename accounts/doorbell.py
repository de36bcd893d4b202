"""The doorbell: wakes a worker for rows that wait. By name, so that web processes need not load what workers do."""

import logging
from collections.abc import Iterable
from uuid import UUID

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger("survey.queue")


def ring(task: str, rows: Iterable[UUID], *, queue: str | None = None) -> None:
    """Rings once for each row; if the broker is away nothing is lost, for the sweeper rings again."""
    for row in rows:
        try:
            current_app.send_task(task, args=[str(row)], queue=queue)
        except (OperationalError, OSError):
            log.warning("the broker is away; %s of %s and those after it wait for the sweeper", task, row)
            return


def ring_once(task: str, *, queue: str, heard_for: float) -> None:
    """Rings once for all rows that wait; nobody answers the ring after this many seconds."""
    try:
        current_app.send_task(task, queue=queue, expires=heard_for)
    except (OperationalError, OSError):
        log.warning("the broker is away; %s waits for the sweeper", task)
