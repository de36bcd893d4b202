"""Waiting for a quiet moment, and counting the CPU seconds of process trees: what to trust on a shared machine."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1


def busy_seconds() -> float:
    """CPU seconds that the whole machine has spent on work since it started."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def tree_seconds(roots: Iterable[int]) -> float:
    """CPU seconds spent so far by these processes, their children and the children they have buried."""
    spent: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            spent[int(entry.name)] = sum(map(int, fields[11:15]))
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        process = waiting.pop()
        if process in spent and process not in seen:
            seen.add(process)
            waiting += children.get(process, [])
    return sum(spent[process] for process in seen) / TICKS


def wait_for_quiet(*, at_most: float = 20.0, idle: float = 0.75) -> bool:
    """Waits until the cores are mostly idle, at most so many seconds; says whether they were."""
    until = time.monotonic() + at_most
    while time.monotonic() < until:
        before = busy_seconds()
        time.sleep(0.4)
        if (busy_seconds() - before) / (0.4 * CORES) < 1 - idle:
            return True
    return False
