"""Lines are slow and cut: between people and the proxy, and between the product and its database."""

import time

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Crowd, statuses
from tests.faults.wire import wire

SPELL = 8.0  # seconds


@experiment(
    "A9",
    does="replies to people held back up to two seconds, a tenth of them cut after the server has done its work",
    holds="the newest text wins, an older one never; told as saved only what is saved",
    goal="0 violations",
    amounts={"small": 1, "nightly": 6, "release": 40},
    limit=900,
)
def replies(lab: Lab) -> Outcome:
    """So many spells of cuts."""
    with lab.house() as house, wire(house.ports.proxy, seed=lab.seed) as line:
        line.cuts, line.delay = 0.1, 2.0
        chairs = lab.chairs(house, 12, port=line.port)
        with Crowd(chairs, submits=0.1, pause=0.05) as crowd:
            time.sleep(SPELL * lab.rounds)
            line.cuts = line.delay = 0.0
        problems, _ = lab.settled()
    figure = f"{line.cut} replies cut, answers {statuses(chairs)}"
    return lab.outcome(figure, faults=line.cut, problems=[*problems, *crowd.errors], passed=line.cut > 0)


@experiment(
    "A9b",
    does="all lines between the product and its database cut under load, again and again",
    holds="acknowledged is stored; people are told with 503, never with 500, and go on at once",
    goal="0 violations, no 500",
    amounts={"small": 3, "nightly": 20, "release": 200},
    limit=900,
)
def database(lab: Lab) -> Outcome:
    """So many cuts."""
    with wire(lab.ports.database, seed=lab.seed) as line:
        url = f"postgresql://survey@127.0.0.1:{line.port}/postgres"
        with lab.house(variables={"DATABASE_URL": url}) as house:
            chairs = lab.chairs(house, 8)
            with Crowd(chairs, submits=0.1, pause=0.02) as crowd:
                for _ in range(lab.rounds):
                    time.sleep(lab.chance.uniform(0.3, 1.5))
                    line.sever()
                time.sleep(1)
            problems, _ = lab.settled()
    told = statuses(chairs)
    problems += [f"{told[500]} answers of 500"] if 500 in told else []
    figure = f"{lab.rounds} cuts of all lines, answers {told}"
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors])
