"""What runs in the confined process: one piece of work by its name, which says how far it is and ends with bytes.

Nothing that it says is trusted: words are JSON and the result is bytes, so that reading them runs nothing.
"""

import errno
import json
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import BinaryIO

from django.utils.module_loading import import_string

from accounts.confined.kernel import cut_off, end_with_parent
from accounts.confined.limits import MIB, Limits
from accounts.redaction import told
from accounts.refusals import Refusal

PROGRESS, DIED, DONE = b"p", b"x", b"d"
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Work:
    """One piece of work: the dotted name of a function, what it is given, and where and within what it works."""

    name: str
    given: object
    limits: Limits
    folder: str


def do_work(source: BinaryIO, line: Connection) -> None:
    """Does the work that is read from the source, cut off and within its limits, and sends the result whole."""
    end_with_parent()
    work: Work = pickle.load(source)  # noqa: S301 -- from the process that this one belongs to
    tempfile.tempdir = work.folder
    work.limits.hold()
    cut_off()

    def tell(doing: str, step: int, steps: int) -> None:
        line.send_bytes(PROGRESS + json.dumps([doing, step, steps]).encode())

    try:
        said = DONE + _done(work, tell)
    except BaseException as error:  # noqa: BLE001 -- whatever ended it is told to the one who waits
        said = DIED + json.dumps(_why(error)).encode()
    line.send_bytes(said)


def _done(work: Work, tell: Told) -> bytes:
    do: Callable[[object, Told], bytes] = import_string(work.name)
    made = do(work.given, tell)
    if len(made) > work.limits.file * MIB:
        raise OSError(errno.EFBIG, "The result is larger than a file may be.")
    return made


def frozen(given: dict[object, object]) -> "MappingProxyType[object, object]":
    """The mapping as it was before it was packed."""
    return MappingProxyType(given)


def _why(error: BaseException) -> dict[str, str]:
    """Which of the ends it is, with the words or the trace where there are any."""
    if isinstance(error, Refusal):
        return {"end": "refused", "text": error.message}
    if isinstance(error, MemoryError):
        return {"end": "memory", "text": ""}
    if isinstance(error, OSError) and error.errno in FULL:
        return {"end": "room", "text": ""}
    return {"end": "fault", "text": told(error)}
