"""The closing hour of a survey of 100,000: people save and submit as fast as they would then."""

from bench.faults.lab import Lab
from bench.faults.loads import crowd_for, failed, forget, replies, within
from bench.faults.registry import Outcome, experiment

SAVES, SUBMITS = 87, 2.2  # a second, as docs/performance.md reckons them


@experiment(
    "D1",
    does="87 saves and 2.2 submissions a second, by 148 people at a time",
    holds="nothing is refused and nobody waits",
    goal="0 errors, 95% within 1 s",
    amounts={"nightly": 60, "release": 600},
    limit=1200,
)
def run(lab: Lab) -> Outcome:
    """So many seconds of it."""
    with lab.house() as house:
        chairs = lab.chairs(house, 148)
        errors = crowd_for(chairs, 3, pause=1.0)  # lines are opened and workers warm
        forget(chairs)
        errors += crowd_for(chairs, lab.rounds, pause=148 / SAVES, submits=SUBMITS / SAVES)
        found = replies(chairs)
        problems, _ = lab.settled()
    wait, bad = within(found), failed(found)
    figure = f"{len(found) / lab.rounds:.0f} requests a second, 95% within {wait:.2f} s, {bad} failed"
    fast = len(found) >= 0.9 * SAVES * lab.rounds
    return lab.outcome(figure, faults=0, problems=[*problems, *errors], passed=fast and bad == 0 and wait <= 1)
