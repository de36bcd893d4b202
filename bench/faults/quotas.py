"""So much of a processor for a program, and how much it has used. Quotas need root and the kernel’s group `cpu`."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.faults.programs import Program

GROUPS = Path("/sys/fs/cgroup/cpu")
PERIOD = 100_000  # microseconds
TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def held_to(share: float, programs: Iterable[Program]) -> Iterator[None]:
    """Each of these has this share of one processor for itself until the block ends."""
    _forget_the_dead()
    with ExitStack() as stack:
        for number, program in enumerate(programs):
            group = GROUPS / f"survey-{os.getpid()}-{number}"
            group.mkdir()
            stack.callback(_let_go, group)
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(int(share * PERIOD)))
            for pid in program.family():
                (group / "cgroup.procs").write_text(str(pid))
        yield


def processor_seconds(program: Program) -> float:
    """What the program, all below it and those of them that have ended have used."""
    found = 0.0
    for place, pid in enumerate(program.family()):
        with suppress(OSError):
            found += used(Path(f"/proc/{pid}/stat").read_text(), with_ended=place == 0)
    return found


def used(stat: str, *, with_ended: bool) -> float:
    """The seconds in one line of /proc/PID/stat, with those of its children that have ended or without."""
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if with_ended else 13])) / TICK


def _let_go(group: Path) -> None:
    for pid in (group / "cgroup.procs").read_text().split():
        with suppress(OSError):
            (GROUPS / "cgroup.procs").write_text(pid)
    group.rmdir()


def _forget_the_dead() -> None:
    """Groups of a run that was ended before it could do so itself."""
    for group in GROUPS.glob("survey-*"):
        if not Path(f"/proc/{group.name.split('-')[1]}").exists():
            with suppress(OSError):
                _let_go(group)
