"""Whatever can break does, one thing after another, while people save and submit and staff remind and report."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from bench.faults.lab import Lab, letters_twice
from bench.faults.registry import Outcome, experiment
from bench.faults.staff import Team
from bench.faults.staff_ledger import staff_violations
from tests.faults.chairs import Crowd, statuses
from tests.faults.house import House


@experiment(
    "A23",
    does="every few seconds something else is killed (any program, one process of web) or frozen (web, database)",
    holds="(a) to (f): acknowledged is stored, nothing else is, one counting submission, chains whole, outbox empty",
    goal="0 violations",
    amounts={"small": 8, "nightly": 90, "release": 600},
    limit=5400,
)
def run(lab: Lab) -> Outcome:
    """So many faults, chosen by the seed."""
    done = dict[str, int]()
    with lab.house() as house:
        chairs = lab.chairs(house, 10)
        with Team(house.ports.proxy) as team, Crowd(chairs, submits=0.1, pause=0.1) as crowd:
            for _ in range(lab.rounds):
                name = lab.chance.choice(list(FAULTS))
                FAULTS[name](house)
                done[name] = done.get(name, 0) + 1
                time.sleep(lab.chance.uniform(0.5, 4))
            time.sleep(3)
        problems, took = lab.settled()
        problems += staff_violations(team.noted, boards=len(lab.people))
        twice, letters = letters_twice(house), len(house.office.letters)
    kills = sum(done.values())
    problems += (
        [f"{twice} of {letters} letters twice"] if twice > done.get("worker", 0) + done.get("database", 0) else []
    )
    counted = ", ".join(f"{name} {count}" for name, count in sorted(done.items()))
    figure = (
        f"{kills} faults ({counted}), outbox empty after {took:.0f} s, {twice} of {letters} letters twice, "
        f"answers {statuses(chairs)}; staff were told of {team.noted.acknowledgements} acts: {len(team.noted.sent)} "
        f"mailings sent, {len(team.noted.asked)} reports asked for, {len(team.noted.taken)} taken away"
    )
    return lab.outcome(figure, faults=kills, problems=[*problems, *crowd.errors, *team.errors])


def _kill(name: str) -> Callable[[House], None]:
    def run(house: House) -> None:
        house[name].kill()
        time.sleep(0.5)
        house[name].restart()

    return run


def _one_web_worker(house: House) -> None:
    for pid in house["web"].children()[:1]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _frozen(name: str) -> Callable[[House], None]:
    def run(house: House) -> None:
        house[name].freeze()
        time.sleep(3)
        house[name].thaw()

    return run


FAULTS: dict[str, Callable[[House], None]] = {
    "one of web": _one_web_worker,
    "web frozen": _frozen("web"),
    "database frozen": _frozen("database"),
    **{name: _kill(name) for name in ("web", "worker", "scheduler", "broker", "proxy", "database")},
}
