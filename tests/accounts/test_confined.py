"""Work on others' words: bounded, cut off, and over when it is not wanted; every end has a sentence."""

import os
import re
import signal
import socket
import struct
from pathlib import Path
from time import monotonic
from types import MappingProxyType

import pytest

from accounts.confined import ends, kernel
from accounts.confined.branching import stem_of_this_process
from accounts.confined.limits import Limits
from accounts.confined.running import run_confined
from tests import works

pytestmark = pytest.mark.pure
LIMITS = Limits(memory=1024, processor=60, time=60, file=20)
WARM = ("analysis.builds.warm",)  # as the product has it: one stem for all tests


def run(work: str, given: object = "a wave", limits: Limits = LIMITS) -> bytes:
    return run_confined(
        f"{works.__name__}.{work}", given, limits=limits, tell=lambda *_: None, beat=lambda: None, warm=WARM
    )


def test_the_result_comes_whole_and_progress_is_heard() -> None:
    heard: list[tuple[str, int, int]] = []
    made = run_confined(
        f"{works.__name__}.small",
        MappingProxyType({"frozen": "things can be given"}),
        limits=LIMITS,
        tell=lambda *told: heard.append(told),
        beat=lambda: None,
        warm=WARM,
    )
    assert (made, heard) == (works.SMALL, [("Page 14", 2, 3)])


@pytest.mark.parametrize(
    ("work", "limits", "end", "words"),
    [
        ("hungry", LIMITS, ends.OutOfMemory, "more memory than the 1024 MiB"),
        ("spinning", Limits(1024, 1, 60, 20), ends.OutOfTime, "longer than 1 seconds"),
        ("waiting", Limits(1024, 60, 1, 20), ends.OutOfTime, "longer than 1 seconds"),
        ("writing", LIMITS, ends.OutOfRoom, "larger than 20 MiB, or the disk is full"),
        ("too_long", LIMITS, ends.OutOfRoom, "larger than 20 MiB, or the disk is full"),
        ("killed", LIMITS, ends.Killed, "stopped from outside"),
        ("half_sent", LIMITS, ends.Killed, "stopped from outside"),
        ("aborted", LIMITS, ends.OutOfMemory, "more memory"),
        ("broken", LIMITS, ends.Broken, "in the log"),
        ("refusing", LIMITS, ends.Refused, "names a table that is withheld"),
    ],
)
def test_every_end_says_what_happened(work: str, limits: Limits, end: type[ends.Ended], words: str) -> None:
    with pytest.raises(end, match=words):
        run(work, limits=limits)


def test_whoever_waits_for_a_page_comes_first() -> None:
    assert int(run("niceness")) > os.nice(0)


def test_work_that_is_not_wanted_any_more_is_killed_within_seconds() -> None:
    class NotWanted(Exception):
        pass

    heard: list[str] = []

    def beat() -> None:
        if heard:  # on a busy machine it begins later than the first beat
            raise NotWanted

    begun = monotonic()
    with pytest.raises(NotWanted):
        run_confined(
            f"{works.__name__}.waiting",
            "",
            limits=LIMITS,
            tell=lambda doing, *_: heard.append(doing),
            beat=beat,
            warm=WARM,
        )

    (number,) = re.findall(r"\d+", heard[0])
    assert monotonic() - begun < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)


def test_no_connection_and_no_program_leaves_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        port = canary.getsockname()[1]
        assert run("asking_the_network", port) == b"refused: PermissionError"
        assert run("starting_a_program", port) == b"refused: PermissionError"
        assert run("asking_the_kernel", port) == b"refused: 13"
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_what_it_left_on_the_disk_is_gone_with_it() -> None:
    folder = Path(run("where_it_writes").decode())
    assert folder.name.startswith("confined-")
    assert not folder.exists()


def test_a_stem_that_is_gone_is_begun_anew() -> None:
    stem = stem_of_this_process(WARM)
    os.kill(stem._process.pid, signal.SIGKILL)
    stem._process.wait()
    assert run("small") == works.SMALL


def test_a_stem_that_cannot_begin_ends_the_work_and_nothing_else() -> None:
    with pytest.raises(Exception, match="its reason stands in the log"):
        run_confined("x.y", "", limits=LIMITS, tell=lambda *_: None, beat=lambda: None, warm=("no.such.module",))


@pytest.mark.parametrize("machine", kernel.CALLS)
def test_the_filter_refuses_just_these_calls_on_every_machine(machine: str) -> None:
    number, refused = kernel.CALLS[machine]
    code = kernel._filter(number, refused)
    asked = [*refused, 0, 1, 2, 3, 9, 500, kernel.X32, kernel.X32 + 1]
    assert [call for call in asked if _decided(code, number, call) != kernel.ALLOW] == [*refused, *asked[-2:]]
    assert _decided(code, number + 1, 0) != kernel.ALLOW


def _decided(code: bytes, machine: int, call: int) -> int:
    """What the kernel makes of the filter: steps one after the other, some left out."""
    steps = [struct.unpack_from("HBBI", code, at) for at in range(0, len(code), 8)]
    loaded = at = 0
    while True:
        what, past_yes, past_no, value = steps[at]
        if what == kernel.RETURN:
            return int(value)
        if what == kernel.LOAD:
            loaded = call if value == 0 else machine
        else:
            is_so = loaded == value if what == kernel.EQUAL else loaded >= value
            at += past_yes if is_so else past_no
        at += 1
