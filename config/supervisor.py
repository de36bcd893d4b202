"""Keeps a few programs running together: when one ends, or on Ctrl-C, all end, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 10.0


@dataclass(frozen=True)
class Program:
    """A program of this environment and its arguments."""

    name: str
    command: Sequence[str]


class _Stop(Exception):
    """A signal asked us to end."""


def supervise(programs: Sequence[Program]) -> int:
    """Runs the programs until a signal (exit code 0) or until one of them ends by itself (exit code 1)."""
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, _raise_stop)
    running: list[tuple[Program, subprocess.Popen[bytes]]] = []
    try:
        for program in programs:
            running.append((program, _start(program)))  # noqa: PERF401 -- each is known before the next is started
        ended = _wait(running)
    except _Stop:
        return 0
    else:
        sys.stderr.write(f"The {ended.name} ended unexpectedly; stopping.\n")
        return 1
    finally:
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, signal.SIG_IGN)
        _end([process for _, process in running])


def _raise_stop(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _start(program: Program) -> subprocess.Popen[bytes]:
    """Each program has a session of its own, so that its whole family can be ended."""
    executable = Path(sys.executable).parent / program.command[0]
    return subprocess.Popen([str(executable), *program.command[1:]], start_new_session=True)  # noqa: S603 -- our own


def _wait(running: Sequence[tuple[Program, subprocess.Popen[bytes]]]) -> Program:
    while True:
        for program, process in running:
            if process.poll() is not None:
                return program
        time.sleep(0.2)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Asks all to end, waits a while, and then makes sure of every member of every family."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(until - time.monotonic(), 0.1))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
