"""People save while reports and exports are built."""

from bench.faults.lab import Lab
from bench.faults.loads import crowd_for, forget, replies, within
from bench.faults.registry import Outcome, experiment
from bench.faults.works import REPORTS, ask_for, is_over, submitted
from tests.faults.chairs import wait_for

PAUSE = 8.0  # 148 people who save every eight seconds are as 500 who save every twenty-seven
MOST = 1.2


@experiment(
    "D3",
    does="saves of 500 people while reports are built, two at a time",
    holds="nobody who saves waits longer",
    goal="95% within 1.2 times what it takes alone",
    amounts={"nightly": 30, "release": 120},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """So many seconds alone, and as many beside the builds."""
    with lab.house("web", "letters", "builder", "scheduler") as house:
        submitted(lab, house, 20)
        chairs = lab.chairs(house, 128, first=20)
        errors = crowd_for(chairs, 5, pause=1.0)
        forget(chairs)
        errors += crowd_for(chairs, lab.rounds, pause=PAUSE)
        alone = within(replies(chairs))
        forget(chairs)
        builds = [ask_for(kind, subject=str(number)) for number in range(10) for kind in REPORTS]
        errors += crowd_for(chairs, lab.rounds, pause=PAUSE)
        beside, built = within(replies(chairs)), sum(map(is_over, builds))
        wait_for(lambda: all(map(is_over, builds)), seconds=300)
        problems, _ = lab.settled()
    figure = f"95% within {1000 * alone:.0f} ms alone, {1000 * beside:.0f} ms beside {built} builds of {len(builds)}"
    return lab.outcome(figure, faults=0, problems=[*problems, *errors], passed=beside <= MOST * alone)
