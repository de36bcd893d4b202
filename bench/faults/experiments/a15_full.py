"""No room is left: on the disk of the database, and where the worker makes its files."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from django.db import connection

from bench.faults.experiments.a05_power import mounted, new_image
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from bench.faults.works import REPORTS, as_it_is, ask_for, is_over, not_whole, submitted
from tests.faults.chairs import Crowd, statuses, wait_for
from tests.faults.house import House


@experiment(
    "A15",
    does="the database’s disk filled to the last block while people save, then emptied; it is started again if it ends",
    holds="saves are refused loudly, none is half stored, and all goes on without a hand when there is room",
    goal="0 lost, no 500, first save ≤ 30 s after there is room",
    amounts={"nightly": 2, "release": 5},
    limit=900,
)
def database(lab: Lab) -> Outcome:
    """Filled so many times."""
    mount, slowest = lab.folder / "disk", 0.0
    with mounted(new_image(lab.folder), mount), lab.house(database=mount / "database") as house:
        chairs, over = lab.chairs(house, 8), threading.Event()
        keeper = threading.Thread(target=_keep, args=(house, over), daemon=True)
        keeper.start()
        with Crowd(chairs, submits=0.1, pause=0.02) as crowd:
            for _ in range(lab.rounds):
                time.sleep(2)
                _fill(mount / "ballast")
                time.sleep(12)
                (mount / "ballast").unlink()
                before = lab.ledger.acknowledgements
                took = wait_for(lambda b=before: lab.ledger.acknowledgements > b, seconds=90)  # type: ignore[misc]
                slowest = max(slowest, 90.0 if took is None else took)
        over.set()
        keeper.join()
        problems, _ = lab.settled()
        house["database"].stop(by=signal.SIGINT)
    told = statuses(chairs)
    problems += [f"{told[500]} answers of 500"] if 500 in told else []
    problems += [f"first save {slowest:.0f} s after there was room"] if slowest > 30 else []
    refused = told.get(503, 0)
    figure = (
        f"full {lab.rounds} times, {refused} answers of 503, first save at most {slowest:.1f} s after there was room, "
        f"answers {told}"
    )
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors], passed=refused > 0)


def _fill(ballast: Path) -> None:
    """Everything that is free, to the last block."""
    subprocess.run(("dd", "if=/dev/zero", f"of={ballast}", "bs=1M"), check=False, stderr=subprocess.DEVNULL)
    subprocess.run(("dd", "if=/dev/zero", f"of={ballast}.end", "bs=4k"), check=False, stderr=subprocess.DEVNULL)
    ballast.with_name("ballast.end").unlink(missing_ok=True)


def _keep(house: House, over: threading.Event) -> None:
    """As `restart: unless-stopped` does."""
    while not over.wait(1):
        process = house["database"].process
        if process and process.poll() is not None:
            with suppress(AssertionError):
                house["database"].start(seconds=5)
            connection.close()


@experiment(
    "A15b",
    does="the worker makes reports where nothing is left of two megabytes",
    holds="a whole file with its digest, or a sentence and no file",
    goal="0 truncated files",
    amounts={"nightly": 1, "release": 5},
    limit=900,
)
def files(lab: Lab) -> Outcome:
    """Each kind once in each round."""
    ends, problems = list[str](), list[str]()
    with (
        _small_folder(lab.folder / "small") as small,
        lab.house("web", "scheduler", variables={"TMPDIR": str(lab.folder / "small")}) as house,
    ):
        submitted(lab, house, 1)
        house["worker"].start()
        time.sleep(5)  # what it needs itself, it has
        _fill(small / "ballast")
        for kind in REPORTS * lab.rounds:
            build = ask_for(kind)
            wait_for(partial(is_over, build), seconds=180)
            ends.append(f"{kind} {as_it_is(build).state}: {as_it_is(build).doing}".strip(": "))
            problems += not_whole(build)
        (small / "ballast").unlink()
        problems += lab.settled()[0]
    return lab.outcome("; ".join(dict.fromkeys(ends)), faults=len(ends), problems=problems)


@contextmanager
def _small_folder(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder), check=True)
    try:
        yield folder
    finally:
        subprocess.run(("umount", "--lazy", folder), check=False)
