"""Starts real programs for tests, waits until they answer, and ends them whatever happens."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

GRACE = 10.0


def launch(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: int | None = None,
) -> subprocess.Popen[bytes]:
    """The program in a session of its own; what it says is added to the log."""
    groups: list[int] | None = None if account is None else []
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=env,
            cwd=cwd,
            user=account,
            group=account,
            extra_groups=groups,
            start_new_session=True,
        )


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: int | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The program until the block ends; what it says goes to the log."""
    process = launch(command, log=log, env=env, cwd=cwd, account=account)
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM) -> int:
    """Ask the program to end; after a grace time end everything it started."""
    with suppress(ProcessLookupError):
        process.send_signal(by)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def wait_until(
    is_ready: Callable[[], object], *, process: subprocess.Popen[bytes], log: Path, seconds: float = 30
) -> None:
    """Return when the question is answered with yes; fail with the log if the program ends or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if is_ready():
            return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} is not ready (ended with {process.poll()}):\n{log.read_text()[-3000:]}")


def free_port() -> int:
    """A loopback port nobody listens on, below those the system hands out."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("100 ports between 20000 and 30000 were all taken")


def is_open(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(port: int, path: str, *, seconds: float = 10, **headers: str) -> tuple[HTTPResponse, str]:
    """The reply to one GET, and its text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()
