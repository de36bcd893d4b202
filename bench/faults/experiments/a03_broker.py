"""Redis is killed under load and comes back empty: no save notices, and what was to be done is done."""

import time

from bench.faults.lab import Lab, letters_twice
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Crowd, statuses


@experiment(
    "A3",
    does="Redis killed with -9 while people save and submit, back empty after three seconds",
    holds="no save or submission is refused, none is lost, and receipts go out by the sweeper without a hand",
    goal="0 lost, 0 answers of 5xx, outbox empty ≤ 60 s",
    amounts={"small": 1, "nightly": 5, "release": 25},
)
def run(lab: Lab) -> Outcome:
    """Kills it once for each round."""
    with lab.house() as house:
        chairs = lab.chairs(house, 6)
        with Crowd(chairs, submits=0.1) as crowd:
            for _ in range(lab.rounds):
                time.sleep(lab.chance.uniform(1, 3))
                house["broker"].kill()
                time.sleep(3)
                house["broker"].restart()
            time.sleep(2)
        problems, took = lab.settled()
        bad = {status: count for status, count in statuses(chairs).items() if status == 0 or status >= 500}
        twice = letters_twice(house)
    problems += [f"answers {bad}"] if bad else []
    problems += [f"{twice} letters twice"] if twice > 1 else []
    figure = f"{lab.rounds} kills, outbox empty after {took:.0f} s, answers of 5xx: {sum(bad.values())}"
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors])
