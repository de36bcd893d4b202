"""Has confined processes branch off a stem of this process, which is begun when it is first needed."""

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from select import select

from accounts.confined.stem import NUMBER


class StemGone(Exception):
    """There is no stem any more, or it could not begin."""


class Stem:
    """The stem of this process, begun with these modules loaded."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._control, other = socket.socketpair()
        command = [sys.executable, "-m", "accounts.confined.stem", str(other.fileno()), *modules]
        known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with other:
            self._process = subprocess.Popen(command, pass_fds=[other.fileno()], env=known, stdin=subprocess.DEVNULL)  # noqa: S603 -- our own

    @property
    def lives(self) -> bool:
        """Whether it can branch off."""
        return self._process.poll() is None

    def branch(self, given: int, said: int) -> "Branch":
        """A process that reads its work from one end and answers on the other."""
        with suppress(BrokenPipeError):  # what it does not say tells that it is gone
            socket.send_fds(self._control, [b"w"], [given, said])
        return Branch(self._control)

    def end(self) -> None:
        """Nothing more is wanted of it."""
        self._control.close()
        self._process.kill()
        self._process.wait()


class Branch:
    """One confined process, from outside."""

    def __init__(self, control: socket.socket) -> None:
        self._control, self._ended = control, False
        self._number = self._heard()

    def end(self, *, patience: float = 0) -> int:
        """Kills it if it has not ended after so many seconds; how it ended: 0, or a signal's number with a minus."""
        if not select([self._control], [], [], patience)[0]:
            with suppress(ProcessLookupError):
                os.kill(self._number, signal.SIGKILL)
        try:
            return self._heard()
        except StemGone:  # and every branch with it
            return -signal.SIGKILL

    def _heard(self) -> int:
        said = b""
        with suppress(ConnectionResetError):
            said = self._control.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(said) < NUMBER.size:
            raise StemGone("The process from which confined ones branch off has ended; its reason stands in the log.")
        (number,) = NUMBER.unpack(said)
        return int(number)


def stem_of_this_process(modules: Sequence[str]) -> Stem:
    """The stem, begun anew if the last one is gone."""
    found = _stem(os.getpid(), tuple(modules))
    if found.lives:
        return found
    found.end()
    _stem.cache_clear()
    return _stem(os.getpid(), tuple(modules))


@cache
def _stem(_process: int, modules: tuple[str, ...]) -> Stem:
    made = Stem(modules)
    atexit.register(made.end)
    return made
