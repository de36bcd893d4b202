"""Service: has one piece of work done in a confined process, and watches it."""

import json
import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Mapping, Sequence
from copyreg import dispatch_table
from io import BytesIO
from multiprocessing.connection import Connection
from time import monotonic
from types import MappingProxyType
from typing import Any

from accounts.confined import ends
from accounts.confined.branching import stem_of_this_process
from accounts.confined.child import DIED, PROGRESS, Told, Work, frozen
from accounts.confined.limits import MIB, Limits

BEAT = 1.0  # seconds between two looks at whether the result is still wanted
GRACE = 2.0  # seconds within which a process that fell silent is gone
OUT_OF_MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV}  # how libraries end that get no memory
OVER_TIME = "It took longer than {} seconds and was stopped. Try again, and tell the administrator if it happens again."
OUT_OF_MEMORY = "It needed more memory than the {} MiB it may have. Ask the administrator to have more allowed."
OUT_OF_ROOM = "A file grew larger than {} MiB, or the disk is full. Tell the administrator, and try again after that."
BROKEN = (
    "It failed through a fault of the software. Try again; if it fails again, tell the administrator when it was: the "
    "reason stands in the log."
)
KILLED = "It was stopped from outside before it was finished, as happens when a machine runs out of memory. Try again."


def run_confined(
    work: str, given: object, *, limits: Limits, tell: Told, beat: Callable[[], None], warm: Sequence[str] = ()
) -> bytes:
    """The result of `work` (the dotted name of a function); one of the ends otherwise.

    `tell` hears how far it is. `beat` is called about every second, and ends the work by raising. `warm` are the
    modules that are loaded once for all work of this process.
    """
    with tempfile.TemporaryDirectory(prefix="confined-") as folder:
        packed = _packed(Work(work, given, limits, folder))
        (given_to, gives), (heard, said) = os.pipe(), os.pipe()
        branch = stem_of_this_process(warm).branch(given_to, said)
        code: int | None = None
        try:
            os.close(given_to)
            os.close(said)
            with Connection(heard, writable=False) as line:
                _give(gives, packed)
                return _listened(line, limits=limits, tell=tell, beat=beat)
        except _Silent:
            code = branch.end(patience=GRACE)
            raise _ended(code, limits) from None
        finally:
            if code is None:
                branch.end()


class _Silent(Exception):
    """The process is gone, and has said half a message or none."""


def _give(end: int, packed: bytes) -> None:
    try:
        with open(end, "wb") as target:
            target.write(packed)
    except BrokenPipeError:
        raise _Silent from None


class _Packer(pickle.Pickler):
    """Packs frozen mappings too."""

    dispatch_table: Mapping[type, Callable[[Any], Any]] = {
        **dispatch_table,
        MappingProxyType: lambda given: (frozen, (dict(given),)),
    }


def _packed(work: Work) -> bytes:
    target = BytesIO()
    _Packer(target, pickle.HIGHEST_PROTOCOL).dump(work)
    return target.getvalue()


def _listened(line: Connection, *, limits: Limits, tell: Told, beat: Callable[[], None]) -> bytes:
    """What the process says, up to its result."""
    end, looked = monotonic() + limits.time, monotonic()
    while monotonic() < end:
        if line.poll(BEAT):
            said = _heard(line, limits)
            if not said.startswith(PROGRESS):
                return _result(said, limits)
            tell(*json.loads(said[1:]))
        if monotonic() >= looked + BEAT:
            beat()
            looked = monotonic()
    raise ends.OutOfTime(OVER_TIME.format(limits.time))


def _heard(line: Connection, limits: Limits) -> bytes:
    """One message, whole."""
    try:
        return line.recv_bytes(limits.file * MIB + 1)
    except (EOFError, OSError):
        raise _Silent from None


def _ended(code: int, limits: Limits) -> ends.Ended:
    """What the end of a process that said nothing about it means."""
    if code == -signal.SIGXCPU:
        return ends.OutOfTime(OVER_TIME.format(limits.processor))
    if -code in OUT_OF_MEMORY_SIGNALS:
        return ends.OutOfMemory(OUT_OF_MEMORY.format(limits.memory))
    return ends.Killed(KILLED)


def _result(said: bytes, limits: Limits) -> bytes:
    if not said.startswith(DIED):
        return said[1:]
    why = json.loads(said[1:])
    known: dict[str, ends.Ended] = {
        "refused": ends.Refused(why["text"]),
        "memory": ends.OutOfMemory(OUT_OF_MEMORY.format(limits.memory)),
        "room": ends.OutOfRoom(OUT_OF_ROOM.format(limits.file)),
        "fault": ends.Broken(BROKEN, why["text"]),
    }
    raise known[why["end"]]
