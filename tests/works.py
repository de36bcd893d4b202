"""Pieces of work for tests of builds, done in the confined process as those of the product are."""

import ctypes
import inspect
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from accounts.refusals import Refusal
from analysis.builds import kinds
from analysis.builds.models import Build
from analysis.builds.reports import REPORT_PDF

Tell = Callable[[str, int, int], None]
SMALL = b"%PDF-1.7 small"


def make_with(monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    """From now on the report is made by this piece of work."""
    kinds.kinds()
    made = replace(REPORT_PDF, gather=f"{__name__}.gather", make=f"{__name__}.{work}")
    monkeypatch.setitem(kinds._DECLARED, REPORT_PDF.name, made)


def gather(build: Build, tell: Tell, *, now: datetime) -> str:
    tell("Gathering", 1, 3)
    return build.wave.slug


def niceness(given: object, tell: Tell) -> bytes:
    """How far this process lets others go first."""
    return str(os.nice(0)).encode()


def small(slug: object, tell: Tell) -> bytes:
    tell("Page 14", 2, 3)
    return SMALL


def large(slug: object, tell: Tell) -> bytes:
    return bytes(10**6)


def broken(slug: object, tell: Tell) -> bytes:
    raise ZeroDivisionError("a bug")


def refusing(slug: object, tell: Tell) -> bytes:
    raise Refusal(f"The template of {slug} names a table that is withheld.")


def hungry(slug: object, tell: Tell) -> bytes:
    return bytes(10**11)


def spinning(slug: object, tell: Tell) -> bytes:
    while True:
        pass


def waiting(slug: object, tell: Tell) -> bytes:
    """Says that it has begun, and writes where it is: its own process."""
    tell(f"Process {os.getpid()}", 2, 3)
    time.sleep(60)
    return SMALL


def writing(slug: object, tell: Tell) -> bytes:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        for _ in range(100):
            file.write(bytes(10**6))
    return SMALL


def too_long(slug: object, tell: Tell) -> bytes:
    return bytes(21 * 1024**2)


def aborted(slug: object, tell: Tell) -> bytes:
    """As libraries end that get no memory."""
    os.abort()


def killed(slug: object, tell: Tell) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return SMALL


def half_sent(slug: object, tell: Tell) -> bytes:
    """Ends in the middle of a message as long as the whole file."""
    line = inspect.getclosurevars(tell).nonlocals["line"]
    os.write(line.fileno(), (10**6).to_bytes(4, "big") + b"d%PDF-1.7 half")
    os._exit(0)


def asking_the_network(port: object, tell: Tell) -> bytes:
    return _attempt(lambda: socket.create_connection(("127.0.0.1", int(str(port))), timeout=2))


def asking_the_kernel(port: object, tell: Tell) -> bytes:
    """Past all that Python watches: the kernel itself is asked for a socket."""
    library = ctypes.CDLL(None, use_errno=True)
    number = library.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    return f"refused: {ctypes.get_errno()}".encode() if number < 0 else b"allowed"


def starting_a_program(port: object, tell: Tell) -> bytes:
    return _attempt(lambda: subprocess.run(["true"], check=True))


def where_it_writes(given: object, tell: Tell) -> bytes:
    Path(tempfile.gettempdir(), "left-behind").write_bytes(b"part of a file")
    return tempfile.gettempdir().encode()


def _attempt(what: Callable[[], object]) -> bytes:
    try:
        what()
    except OSError as error:
        return f"refused: {type(error).__name__}".encode()
    return b"allowed"
