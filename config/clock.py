"""The scheduler: each worker host runs one, so that none is missed; what is due is rung for once all the same.

Who is about to ring takes a mark in the database for a few seconds, and only what has reached the broker counts as
rung. So a host that cannot reach the broker silences no other, and what it could not ring for another takes over.
"""

import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry, SchedulingError
from celery.schedules import BaseSchedule
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections
from kombu import Producer

SWEEP = 15.0  # so often what a lost host held is looked for: by every scheduler, since it does no harm to look twice
BETWEEN_CLOCKS = 600  # two hosts ring for the same hour of the night within this time
ABOUT_TO = 15  # seconds in which a ring reaches the broker or has failed
AGAIN = 5.0  # seconds until one looks again at what another was about to ring for, or what did not reach the broker
RINGING, RUNG = "ringing", "rung"


class Mark(Enum):
    """Whose it is to ring."""

    OURS = "ours"
    ANOTHERS = "another’s, who is about to"
    DONE = "nobody’s: it was rung for"


@dataclass(frozen=True)
class Doubtful:
    """What is not known to have been rung for: when one looks again, and from when on the next time counts."""

    entry: ScheduleEntry
    look: float
    end: float


class Scheduler(PersistentScheduler):
    """Rings unless the scheduler of another host has just done so; when nobody can say, it rings."""

    schedule_filename: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.doubtful: dict[str, Doubtful] = {}
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """What is due, and what was doubtful."""
        wait = float(super().tick(*args, **kwargs))
        Path(f"{self.schedule_filename}.ticked").touch()  # for whoever asks whether it is well
        now = time.monotonic()
        for name, doubt in list(self.doubtful.items()):
            if now >= doubt.end:
                del self.doubtful[name]
            elif now >= doubt.look:
                self._ring(doubt.entry, end=doubt.end)
        return min(wait, 1.0) if self.doubtful else wait

    def apply_entry(self, entry: ScheduleEntry, producer: Producer | None = None) -> None:
        """Rings for one entry whose time has come."""
        self._ring(entry, end=time.monotonic() + quiet_after(entry.schedule), producer=producer)

    def _ring(self, entry: ScheduleEntry, *, end: float, producer: Producer | None = None) -> None:
        close_old_connections()  # this process answers no requests, which would do it
        name, seconds = str(entry.name), quiet_after(entry.schedule)
        mark = take(name) if seconds else Mark.OURS
        self.doubtful.pop(name, None)
        if seconds and mark != Mark.DONE:
            # What is ours and fails is looked at later than what is another’s, who may reach the broker.
            look = time.monotonic() + (2 * AGAIN if mark == Mark.OURS else AGAIN)
            self.doubtful[name] = Doubtful(entry, look, end)
        if mark == Mark.OURS:
            super().apply_entry(entry, producer=producer)

    def apply_async(
        self,
        entry: ScheduleEntry,
        producer: Producer | None = None,
        advance: bool = True,  # noqa: FBT001, FBT002 -- Celery has it so
        **rest: Any,
    ) -> Any:  # noqa: ANN401 -- Celery says no more of it
        """Hands the ring to the broker, and notes whether it arrived."""
        name, seconds = str(entry.name), quiet_after(entry.schedule)
        try:
            sent = super().apply_async(entry, producer=producer, advance=advance, **rest)
        except SchedulingError:
            if seconds:
                give_back(name)
            raise
        self.doubtful.pop(name, None)
        if seconds:
            note_rung(name, seconds=seconds)
        return sent


def quiet_after(times: BaseSchedule | None) -> int:
    """For how many seconds after a ring no other scheduler rings for the same; none for sweeps."""
    every = getattr(times, "run_every", None)  # an hour of the day has none
    if every is None:
        return BETWEEN_CLOCKS
    seconds = every.total_seconds()
    return int(0.8 * seconds) if seconds > SWEEP else 0


def take(name: str) -> Mark:
    """Whose it is to ring; where it is the caller's, it is so for as long as a ring takes to arrive."""
    try:
        if cache.add(_key(name), RINGING, timeout=ABOUT_TO):
            return Mark.OURS
        return Mark.ANOTHERS if cache.get(_key(name)) != RUNG else Mark.DONE
    except DatabaseError:
        return Mark.OURS


def note_rung(name: str, *, seconds: int) -> None:
    """It reached the broker: nobody rings for the same so soon."""
    try:
        cache.set(_key(name), RUNG, timeout=seconds)
    except DatabaseError:
        return


def give_back(name: str) -> None:
    """It did not reach the broker: another may ring at once."""
    try:
        cache.delete(_key(name))
    except DatabaseError:
        return


def _key(name: str) -> str:
    return f"rung:{name}"
