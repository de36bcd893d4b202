"""What load is measured by: how long replies took, which failed, and how much memory programs hold."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.faults.chairs import Chair, Crowd
from tests.faults.programs import Program
from tests.faults.visitors import Reply

FINE = {200, 302, 303}


def replies(chairs: Iterable[Chair]) -> list[Reply]:
    """All that they were answered."""
    return [reply for chair in chairs for reply in chair.replies]


def within(found: Sequence[Reply], share: float = 0.95) -> float:
    """The seconds within which this share of the replies came; none came within no time."""
    waits = sorted(reply.seconds for reply in found)
    return waits[min(int(len(waits) * share), len(waits) - 1)] if waits else 0.0


def failed(found: Iterable[Reply]) -> int:
    """How many replies were none, or no good ones."""
    return sum(reply.status not in FINE for reply in found)


def crowd_for(chairs: Sequence[Chair], seconds: float, *, pause: float, submits: float = 0.0) -> list[str]:
    """They save for so long; what broke down among them."""
    with Crowd(chairs, pause=pause, submits=submits) as crowd:
        time.sleep(seconds)
    return crowd.errors


def forget(chairs: Iterable[Chair]) -> None:
    """What was answered so far does not count."""
    for chair in chairs:
        chair.replies.clear()


def all_at_once(chairs: Sequence[Chair], act: Callable[[Chair], object]) -> list[object]:
    """Everybody does it at the same moment; what each came to."""
    start = threading.Barrier(len(chairs))

    def one(chair: Chair) -> object:
        start.wait(60)
        return act(chair)

    with ThreadPoolExecutor(len(chairs)) as pool:
        return list(pool.map(one, chairs))


def memory(program: Program) -> float:
    """MiB that the program and all below it hold for themselves."""
    pages = 0
    for pid in program.family():
        with suppress(OSError):
            resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
            pages += int(resident) - int(shared)
    return pages * 4096 / 2**20
