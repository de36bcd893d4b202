"""Worker and web are asked to end while they work: what was begun is finished, nothing is lost."""

import signal
import time

from bench.faults.lab import Lab, letters_twice
from bench.faults.registry import Outcome, experiment
from bench.faults.works import all_sent, ask_for, is_over, not_whole, remind, submitted
from tests.faults.chairs import wait_for
from tests.faults.house import House
from tests.faults.programs import Program

GRACE, PATIENCE = 30.0, 180.0
BOARDS, READERS = 148, 3


@experiment(
    "E10",
    does="TERM to the worker while it builds a report and sends reminders, and started again",
    holds="it ends with 0 within the grace; every task is done once",
    goal="0 lost, 0 letters twice",
    amounts={"small": 1, "nightly": 5, "release": 20},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """So many times."""
    problems, waits = list[str](), list[float]()
    with lab.house() as house:
        submitted(lab, house, READERS)
        wait_for(lambda: len(house.office.letters) == READERS, seconds=60)  # the worker is at work
        sent_before = len(house.office.letters)
        for number in range(lab.rounds):
            run_of_letters, build = remind(), ask_for("report_pdf", subject=str(number))
            time.sleep(lab.chance.uniform(0.2, 3.0))
            waits.append(_end_politely(house, problems))
            _begin_again(house["worker"])
            if wait_for(lambda: is_over(build), seconds=PATIENCE) is None:  # noqa: B023 -- asked at once
                problems.append("a report was not built")
            if wait_for(lambda: all_sent(run_of_letters, BOARDS - READERS), seconds=PATIENCE) is None:  # noqa: B023 -- asked at once
                problems.append("reminders were not sent")
            problems += not_whole(build)
        wrong, _ = lab.settled()
        twice, letters = letters_twice(house), len(house.office.letters) - sent_before
    problems += [f"{twice} letters twice"] if twice else []
    figure = f"{lab.rounds} times ended, the slowest in {max(waits):.1f} s; {letters} letters, {twice} twice"
    return lab.outcome(figure, faults=lab.rounds, problems=[*wrong, *problems])


def _begin_again(worker: Program) -> None:
    """One that is asked to end while it is being loaded has begun nothing, and ends as any program does."""
    before = _times_ready(worker)
    worker.restart()
    wait_for(lambda: _times_ready(worker) > before, seconds=PATIENCE)


def _times_ready(worker: Program) -> int:
    return worker.log.read_text(errors="replace").count(" ready.")


def _end_politely(house: House, problems: list[str]) -> float:
    """How long the worker took to end."""
    process, began = house["worker"].process, time.monotonic()
    assert process
    process.send_signal(signal.SIGTERM)
    try:
        ended = process.wait(GRACE)
    except Exception:  # noqa: BLE001 -- whatever keeps it from ending is the finding
        problems.append(f"the worker did not end within {GRACE:.0f} s")
        house["worker"].kill()
    else:
        problems += [f"the worker ended with {ended}"] if ended else []
    return time.monotonic() - began
