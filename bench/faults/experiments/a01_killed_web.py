"""A web process is killed at every named point of save and submit, through the proxy, and the browser tries again."""

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair
from tests.faults.hooked import SAVING, SUBMITTING

POINTS = [*(("save", place) for place in SAVING), *(("submit", place) for place in SUBMITTING)]


@experiment(
    "A1",
    does=f"web killed with -9 at {len(SAVING)} points of a save and {len(SUBMITTING)} of a submit, which is sent again",
    holds="acknowledged is stored, all else is old or new; the second try gets the same receipt",
    goal="0 violations",
    amounts={"small": 1, "nightly": 6, "release": 30},
    limit=3600,
)
def run(lab: Lab) -> Outcome:
    """Each point once in each round, by a chair of its own."""
    killed, missed = 0, set[str]()
    with lab.house(application="tests.faults.hooked:application", web_options=("--preload",)) as house:
        (chair,) = lab.chairs(house, 1)
        for _ in range(lab.rounds):
            for point in lab.chance.sample(POINTS, len(POINTS)):
                if _dies(chair, point):
                    killed += 1
                else:
                    missed.add(f"{' '.join(point)} was not reached")
        problems, _ = lab.settled()
    return lab.outcome(f"{killed} kills", faults=killed, problems=[*problems, *sorted(missed)])


def _dies(chair: Chair, point: tuple[str, str]) -> bool:
    """Whether the first try ended without a reply; it is tried again until it is acknowledged."""
    act, place = point
    if act == "submit":
        assert chair.save(tries=100, pause=0.1)
    before = len(chair.replies)
    did = (chair.save if act == "save" else chair.submit)(tries=100, pause=0.1, X_Fault=place)
    assert did, f"{point}: never acknowledged"
    return chair.replies[before].status not in (200, 303)
