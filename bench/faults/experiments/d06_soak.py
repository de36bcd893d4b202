"""Hours of ordinary work: memory does not grow."""

from bench.faults.lab import Lab
from bench.faults.loads import crowd_for, failed, forget, memory, replies, within
from bench.faults.registry import Outcome, experiment

RATE, PEOPLE, WARM = 20, 40, 0.2
MOST = 0.05


@experiment(
    "D6",
    does="20 requests a second for a long time",
    holds="memory of web stays, and nobody waits longer at the end than at the beginning",
    goal="growth below 5% after a fifth of the time",
    amounts={"nightly": 300, "release": 3600},
    limit=4200,
)
def run(lab: Lab) -> Outcome:
    """So many seconds of it, the first fifth to get warm."""
    with lab.house() as house:
        chairs = lab.chairs(house, PEOPLE)
        errors = crowd_for(chairs, WARM * lab.rounds, pause=PEOPLE / RATE, submits=0.02)
        before, early = memory(house["web"]), within(replies(chairs))
        forget(chairs)
        errors += crowd_for(chairs, (1 - WARM) * lab.rounds, pause=PEOPLE / RATE, submits=0.02)
        after, found = memory(house["web"]), replies(chairs)
        problems, _ = lab.settled()
    growth, bad = after / before - 1, failed(found)
    figure = (
        f"{len(found)} requests, {bad} failed, web holds {before:.0f} MiB and then {after:.0f} MiB ({growth:+.1%}), "
        f"95% within {1000 * early:.0f} ms and then {1000 * within(found):.0f} ms"
    )
    return lab.outcome(figure, faults=0, problems=[*problems, *errors], passed=growth < MOST and not bad)
