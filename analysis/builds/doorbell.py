"""The doorbell: wakes a worker for a build. By name, so that web processes need not load what workers do."""

import logging
from uuid import UUID

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger("survey.builds")
RUN = "analysis.builds.tasks.run"


def ring(build_id: UUID) -> None:
    """Rings once; if the broker is away nothing is lost, for the sweeper rings again."""
    try:
        current_app.send_task(RUN, args=[str(build_id)])
    except OperationalError:
        log.warning("the broker is away; build %s waits for the sweeper", build_id)
