"""How much a confined process may use, and how it is held to it."""

import os
import resource
from dataclasses import dataclass

MIB = 1024**2
GIVES_WAY = 10  # of 19: somebody who waits for a page comes first
GRACE = 5  # seconds of processor time between the signal that ends a process and the one that cannot be caught


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may use: memory (address space) and files in MiB, processor time and time in seconds."""

    memory: int
    processor: int
    time: int
    file: int

    def hold(self) -> None:
        """Hold this process to them and let others go first, from now on; its time is watched from outside."""
        os.nice(GIVES_WAY)
        _hold(resource.RLIMIT_AS, self.memory * MIB)
        _hold(resource.RLIMIT_CPU, self.processor, grace=GRACE)
        _hold(resource.RLIMIT_FSIZE, self.file * MIB)
        _hold(resource.RLIMIT_CORE, 0)


def _hold(which: int, most: int, *, grace: int = 0) -> None:
    """A limit that is narrower already stays."""
    _, hard = resource.getrlimit(which)
    allowed = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
    resource.setrlimit(which, (min(most, allowed), allowed))
