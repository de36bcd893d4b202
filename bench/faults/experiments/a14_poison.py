"""A piece of work that ends its worker each time: it is given up in words, and nothing else suffers."""

from django.db import connection
from django.utils import timezone

from analysis.builds.models import Build
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from bench.faults.works import as_it_is, ask_for, submitted
from tests.faults.chairs import Chair, wait_for
from tests.faults.house import House

MOST = 10  # kills, should it never be given up


@experiment(
    "A14",
    does="a build during which the worker is killed each time it is begun",
    holds="at most five attempts, then it says that it was given up; receipts go out meanwhile",
    goal="≤ 5 attempts, 1 sentence, others unharmed",
    amounts={"nightly": 1, "release": 3},
    limit=1500,
)
def run(lab: Lab) -> Outcome:
    """One such build in each round."""
    problems, kills = list[str](), 0
    with lab.house() as house:
        (chair,) = submitted(lab, house, 1)
        for _ in range(lab.rounds):
            build = ask_for("report_pdf")
            kills += _kill_until_given_up(house, chair, build)
            found = as_it_is(build)
            problems += [f"{found.attempts} attempts"] if found.attempts > Build.MAX_ATTEMPTS else []
            problems += [f"it is “{found.state}”, says “{found.doing}”"] if "Given up" not in found.doing else []
        problems += lab.settled()[0]
    return lab.outcome(f"{kills} kills", faults=kills, problems=problems)


def _kill_until_given_up(house: House, chair: Chair, build: Build) -> int:
    for kills in range(MOST):
        wait_for(lambda seen=kills: as_it_is(build).state == "failed" or as_it_is(build).attempts > seen, seconds=120)  # type: ignore[misc]
        if as_it_is(build).state == "failed":
            return kills
        house["worker"].kill()
        Build.objects.filter(pk=build.pk, state="running").update(lease_until=timezone.now())  # as when it has ended
        house["worker"].restart()
        assert chair.save(tries=10)
        assert chair.submit(tries=10)
        connection.close()
    return MOST
