"""What a web process counts of its requests; nothing is counted, or even loaded, where nobody may read it.

Counts of all processes of a machine are in files of one folder. A file belongs to a slot and not to a process, so that
one who takes the place of another goes on with its counts, and there are never more files than processes at a time.
"""

import fcntl
import os
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import IO

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, values

from accounts.security_log import Event

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SLOTS = 1000
SECONDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
SAVES = {"portal:question": "save", "portal:autosave": "save", "portal:settle": "save", "portal:submit": "submit"}
_HELD: dict[int, tuple[int, IO[str]]] = {}


def slot() -> int:
    """The lowest slot that no living process holds; it is held until this process ends."""
    here = os.getpid()
    if here not in _HELD:
        _HELD.clear()  # what the parent of this process holds is not ours
        _HELD[here] = next(held for number in range(SLOTS) if (held := _hold(number)))
    return _HELD[here][0]


def _hold(number: int) -> tuple[int, IO[str]] | None:
    lock = (Path(os.environ[FOLDER]) / f"slot-{number}").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return number, lock


class Counts:
    """Requests by route and status, how long they took, and what browsers reported."""

    def __init__(self) -> None:
        if FOLDER in os.environ:
            values.ValueClass = values.MultiProcessValue(slot)  # type: ignore[no-untyped-call]
        here = CollectorRegistry()  # one of its own: what is read is gathered from the files
        self.registry = here
        self.requests = Counter("survey_requests", "Requests answered.", ("route", "method", "status"), registry=here)
        self.seconds = Histogram(
            "survey_request_seconds", "How long a request took.", ("kind",), buckets=SECONDS, registry=here
        )
        # Without labels it is there from the start: an increase from nothing to something is none for Prometheus.
        self.faults = Counter("survey_faults", "Requests that failed through a fault of ours.", registry=here)
        self.csp = Counter("survey_csp_reports", "Reports of browsers.", ("directive",), registry=here)
        self.security = Counter("survey_security", "Lines of the security log.", ("event",), registry=here)
        for event in Event:  # there from the start too, as is each kind of request that a rule asks about
            self.security.labels(event.value)
        for kind in ("page", *SAVES.values()):
            self.seconds.labels(kind)

    def note(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one request."""
        self.requests.labels(route, method, str(status)).inc()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.faults.inc()
        kind = SAVES.get(route, "page") if method == "POST" else "page"
        self.seconds.labels(kind).observe(seconds)

    def readable(self) -> CollectorRegistry:
        """The counts of all processes of this machine."""
        if FOLDER not in os.environ:
            return self.registry
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return together


@cache
def counts() -> Counts:
    """Those of this process."""
    return Counts()
