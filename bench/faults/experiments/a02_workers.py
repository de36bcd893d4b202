"""The worker is killed at some moment of each kind of its work, and comes back after five seconds."""

import time
from collections import Counter

from django.db import connection

from bench.faults.lab import Lab, letters_twice
from bench.faults.registry import Outcome, experiment
from bench.faults.works import REPORTS, all_sent, as_it_is, ask_for, is_over, remind, reminders, submitted
from tests.faults.chairs import wait_for
from tests.faults.house import House

AWAY = 5.0
SENDERS = 3  # boards that have submitted, and are not reminded
NEVER = 999.0


@experiment(
    "A2",
    does="the whole worker killed with -9 while it reminds the boards and builds the report, back after five seconds",
    holds="each person is reminded once; the report is the same to the last byte as one built undisturbed",
    goal="work goes on ≤ 60 s after the worker is back; ≤ 1 letter twice for each kill",
    amounts={"nightly": 3, "release": 15},
    limit=3600,
)
def run(lab: Lab) -> Outcome:
    """Each kind of work once in each round."""
    problems, waits = list[str](), list[float]()
    with lab.house() as house:
        submitted(lab, house, SENDERS)
        whole = {kind: _built(lab, house, kind, waits=[], kill=False) for kind in REPORTS}
        for _ in range(lab.rounds):
            for kind in REPORTS:
                digest = _built(lab, house, kind, waits=waits, kill=True)
                problems += [] if digest == whole[kind] else [f"{kind} differs from the one built undisturbed"]
            problems += _reminded(lab, house, len(lab.people) - SENDERS, waits=waits)
        wrong, _ = lab.settled()
        twice, letters = letters_twice(house), len(house.office.letters)
    problems += [f"{twice} letters twice"] if twice > len(waits) else []
    problems += [f"work went on only after {max(waits):.0f} s"] if max(waits) > 60 else []
    figure = f"{len(waits)} kills, work went on after at most {max(waits):.0f} s, {twice} of {letters} letters twice"
    return lab.outcome(figure, faults=len(waits), problems=[*wrong, *problems])


def _built(lab: Lab, house: House, kind: str, *, waits: list[float], kill: bool) -> str:
    """The digest of the file; adds the seconds until another worker held it, after the worker was back."""
    build = ask_for(kind)
    if kill:
        assert wait_for(lambda: as_it_is(build).state == "running", seconds=60) is not None
        time.sleep(lab.chance.uniform(0, 4))
        attempts = as_it_is(build).attempts
        _kill_and_return(house)
        took = wait_for(lambda: as_it_is(build).attempts > attempts or is_over(build), seconds=180)
        waits.append(NEVER if took is None else took)
    assert wait_for(lambda: is_over(build), seconds=240) is not None, f"{kind} was never built"
    assert as_it_is(build).state == "done", as_it_is(build).doing
    return as_it_is(build).digest


def _kill_and_return(house: House) -> None:
    house["worker"].kill()
    time.sleep(AWAY)
    house["worker"].restart()
    connection.close()


def _reminded(lab: Lab, house: House, expected: int, *, waits: list[float]) -> list[str]:
    """Who was not reminded exactly once; adds the seconds until letters went on after the worker was back."""
    before, killed_after = house.office.begun, lab.chance.randrange(100)
    run = remind()
    wait_for(lambda: house.office.begun > before + killed_after, seconds=60, every=0.02)
    _kill_and_return(house)
    there = house.office.begun
    went_on = wait_for(lambda: house.office.begun > there or all_sent(run, expected), seconds=180)
    waits.append(NEVER if went_on is None else went_on)
    done = wait_for(lambda: all_sent(run, expected), seconds=180)
    count, people = reminders(run).count(), reminders(run).values("recipient").distinct().count()
    is_well = done is not None and count == people == expected
    states = dict(Counter(reminders(run).values_list("state", flat=True)))
    return [] if is_well else [f"{count} reminders to {people} people, of {expected}: {states}"]
