"""The database is killed, or stopped at once, while people save: what was acknowledged is there when it is back."""

import signal
import time

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair, Crowd, statuses, wait_for
from tests.faults.house import House


@experiment(
    "A4",
    does="PostgreSQL’s first process killed with -9, or stopped at once, in turn, while people save and submit",
    holds="acknowledged is stored; meanwhile people are told with 503; saving goes on soon after it is back",
    goal="0 lost, first save ≤ 10 s after the database is back, no 500",
    amounts={"small": 1, "nightly": 6, "release": 20},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """Ends it once for each round, by one way and the other."""
    slowest = 0.0
    with lab.house() as house:
        chairs = lab.chairs(house, 8)
        with Crowd(chairs, submits=0.05, pause=0.05) as crowd:
            for number in range(lab.rounds):
                time.sleep(lab.chance.uniform(1, 4))
                slowest = max(slowest, _break(house, chairs, number=number, away=lab.chance.uniform(0.2, 2)))
        problems, _ = lab.settled()
        told = statuses(chairs)
    problems += [f"{told[500]} answers of 500"] if 500 in told else []
    problems += [f"first save {slowest:.1f} s after the database"] if slowest > 10 else []
    figure = f"{lab.rounds} ends, first save at most {slowest:.1f} s after it was back, answers {told}"
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors])


def _break(house: House, chairs: list[Chair], *, number: int, away: float) -> float:
    """Seconds from the moment it was back to the next save that was acknowledged."""
    if number % 2:
        house["database"].stop(by=signal.SIGQUIT)
    else:
        house["database"].kill()
    time.sleep(away)
    house["database"].restart()
    before = chairs[0].ledger.acknowledgements
    return wait_for(lambda: chairs[0].ledger.acknowledgements > before, seconds=60, every=0.05) or 60.0
