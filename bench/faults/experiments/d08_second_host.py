"""What a second host of web adds, and what a save costs each part of the house."""

from statistics import median

from bench.faults.estate import Estate, estate
from bench.faults.lab import Lab
from bench.faults.loads import crowd_for, failed, forget, replies
from bench.faults.quotas import held_to, processor_seconds
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair

SHARE = 0.1  # of one processor for each host, so that hosts and not this machine are what there is too little of
SAVERS, SECONDS, PAUSE = 12, 12.0, 0.02
GOAL = 1.8
PARTS = {"web": ("web1", "web2"), "database": ("store",), "proxy": ("front",), "broker": ("store",)}


@experiment(
    "D8",
    does="people save as fast as they can, by turns at one host of web and at two, a tenth of a processor each",
    holds="two hosts take nearly twice as much",
    goal="≥ 1.8 times the saves of one, 0 failed",
    amounts={"small": 1, "nightly": 3, "release": 10},
    limit=1200,
)
def run(lab: Lab) -> Outcome:
    """By turns, so many times each."""
    one, two, costs, bad = list[float](), list[float](), list[dict[str, float]](), 0
    with estate(lab, works={}) as house:
        chairs = lab.chairs(house.houses["front"], SAVERS)
        errors = crowd_for(chairs, 3, pause=0.5)
        with held_to(SHARE, [house.houses[name]["web"] for name in PARTS["web"]]):
            for _ in range(lab.rounds):
                for rates, webs in ((one, ["web1"]), (two, ["web1", "web2"])):
                    house.ask(webs)
                    forget(chairs)
                    before = _used(house)
                    errors += crowd_for(chairs, SECONDS, pause=PAUSE)
                    saves = _saves(chairs)
                    rates.append(saves / SECONDS)
                    costs.append({part: (spent - before[part]) / saves for part, spent in _used(house).items()})
                    bad += failed(replies(chairs))
    ratio = median(two) / median(one)
    each = ", ".join(f"{part} {1000 * median(cost[part] for cost in costs):.1f}" for part in PARTS)
    figure = (
        f"{median(one):.1f} saves a second at one host and {median(two):.1f} at two ({ratio:.2f} times), {bad} failed; "
        f"processor milliseconds a save: {each}"
    )
    return lab.outcome(figure, faults=0, problems=errors, passed=ratio >= GOAL and not bad)


def _saves(chairs: list[Chair]) -> int:
    return sum(reply.status == 200 for reply in replies(chairs))


def _used(house: Estate) -> dict[str, float]:
    return {part: sum(processor_seconds(house.houses[host][part]) for host in hosts) for part, hosts in PARTS.items()}
