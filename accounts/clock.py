"""What time it is for the survey: the database's time, so that a wave closes for everybody at one moment.

Each new connection compares this machine's clock with the database's. As long as they agree to a second, or the
database is a file on this machine, it is this machine's own.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import timezone

log = logging.getLogger("survey.clock")
AGREED = timedelta(seconds=1)
NONE = timedelta()
_ahead = {"by": NONE}  # how far this machine's clock is ahead


def now() -> datetime:
    """The moment it is by the database's clock."""
    return timezone.now() - _ahead["by"]


def compared_now() -> datetime:
    """The same for a worker's task, which may be the first in its process to ask the database anything."""
    connection.ensure_connection()
    return now()


@receiver(connection_created)
def compare(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:  # noqa: ANN401 -- a receiver
    """Notes how far this machine's clock is ahead of the database's."""
    if connection.vendor != "postgresql":
        return
    began = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    ahead = began + (timezone.now() - began) / 2 - theirs
    _ahead["by"] = ahead if abs(ahead) > AGREED else NONE
    if _ahead["by"]:
        log.error("the clock of this machine is %+.1f s from the database's; set it right", ahead.total_seconds())
