"""The scheduler: each worker host runs one, so that none is missed; what is due is rung for once all the same."""

from celery.beat import PersistentScheduler, ScheduleEntry
from celery.schedules import BaseSchedule
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections
from kombu import Producer

SWEEP = 15.0  # so often what a lost host held is looked for: by every scheduler, since it does no harm to look twice
BETWEEN_CLOCKS = 600  # two hosts ring for the same hour of the night within this time


class Scheduler(PersistentScheduler):
    """Rings unless the scheduler of another host has just done so; when nobody can say, it rings."""

    def apply_entry(self, entry: ScheduleEntry, producer: Producer | None = None) -> None:
        """Rings for one entry whose time has come."""
        close_old_connections()  # this process answers no requests, which would do it
        if is_mine(str(entry.name), seconds=quiet_after(entry.schedule)):
            super().apply_entry(entry, producer=producer)


def quiet_after(times: BaseSchedule | None) -> int:
    """For how many seconds after a ring no other scheduler rings for the same; none for sweeps."""
    every = getattr(times, "run_every", None)  # an hour of the day has none
    if every is None:
        return BETWEEN_CLOCKS
    seconds = every.total_seconds()
    return int(0.8 * seconds) if seconds > SWEEP else 0


def is_mine(name: str, *, seconds: int) -> bool:
    """Whether nobody has rung for it so shortly; from now on the caller has."""
    if not seconds:
        return True
    try:
        return bool(cache.add(f"rung:{name}", "", timeout=seconds))
    except DatabaseError:
        return True
