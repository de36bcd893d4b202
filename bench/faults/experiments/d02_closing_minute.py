"""The closing minute: every chair presses “Submit” within the same second."""

from bench.faults.lab import Lab
from bench.faults.loads import all_at_once
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair

GOAL = 3.0


@experiment(
    "D2",
    does="148 submissions within one second",
    holds="each is accepted and has its receipt",
    goal="all within 3 s",
    amounts={"small": 1, "nightly": 3, "release": 10},
    limit=600,
)
def run(lab: Lab) -> Outcome:
    """So many times, each after everybody has saved once more."""
    waits, problems = list[float](), list[str]()
    with lab.house() as house:
        chairs = lab.chairs(house, 148)
        for _ in range(lab.rounds):
            problems += [f"chair {chair.number} could not save" for chair in chairs if not chair.save(tries=20)]
            took = [each for each in all_at_once(chairs, _press) if isinstance(each, float)]
            problems += [f"{len(chairs) - len(took)} submissions were not accepted"] if len(took) < len(chairs) else []
            waits += took
        wrong, _ = lab.settled()
    figure = f"{len(waits)} accepted, the last after {max(waits, default=0):.2f} s"
    return lab.outcome(figure, faults=0, problems=[*wrong, *problems], passed=max(waits, default=GOAL + 1) <= GOAL)


def _press(chair: Chair) -> float | None:
    """How long until the product said that it was submitted."""
    before = len(chair.replies)
    return chair.replies[before].seconds if chair.submit() else None
