"""Each program is killed: what the two addresses of health say, how soon, and whether saves go on."""

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair, wait_for
from tests.faults.house import House
from tests.services import ask

SOON = 5.0
DECIDES = {"database"}  # without it nothing can be taken; mail may wait, so the others do not make a house unready
PROGRAMS = ("database", "broker", "worker", "scheduler", "proxy")
TOLD = {"live"}, {"database", "migrations", "disk", "outbox"}


@experiment(
    "E9",
    does="each program killed with -9 and brought back, while both addresses of health are asked ten times a second",
    holds="ready turns 503 without the database and comes back with it; live stays; saves go on without the others",
    goal="503 within 5 s, live always 200 within 5 s, nothing told but what is well",
    amounts={"small": 1, "nightly": 5, "release": 20},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """Each once in each round."""
    problems, slow, back = list[str](), 0.0, 0.0
    with lab.house() as house, Doctor(house.ports.web) as doctor:
        (chair,) = lab.chairs(house, 1)
        for _ in range(lab.rounds):
            for name in lab.chance.sample(PROGRAMS, len(PROGRAMS)):
                fell, rose, wrong = _without(house, doctor, chair, name)
                slow, back, problems = max(slow, fell), max(back, rose), [*problems, *wrong]
        wrong, _ = lab.settled()
    figure = (
        f"{len(PROGRAMS) * lab.rounds} kills; without the database ready said 503 after at most {slow:.1f} s, and 200 "
        f"at most {back:.1f} s after it was back; live asked {doctor.asked} times, {doctor.alive} times 200, at "
        f"most {doctor.slowest:.1f} s"
    )
    return lab.outcome(figure, faults=len(PROGRAMS) * lab.rounds, problems=[*wrong, *problems, *doctor.problems])


def _without(house: House, doctor: "Doctor", chair: Chair, name: str) -> tuple[float, float, list[str]]:
    """How long until ready fell and rose, where it should; and what was not as it should be."""
    house[name].kill()
    fell = rose = 0.0
    problems = list[str]()
    if name in DECIDES:
        fell = wait_for(lambda: doctor.ready == 503, seconds=2 * SOON, every=0.05) or 2 * SOON
        problems += [f"ready said 503 only after {fell:.1f} s"] if fell > SOON else []
    else:
        time.sleep(2)
        problems += [f"ready says {doctor.ready} without {name}"] if doctor.ready != 200 else []
        problems += [f"no save without {name}"] if name != "proxy" and not chair.save(tries=3) else []
    house[name].restart()
    if name in DECIDES:
        rose = wait_for(lambda: doctor.ready == 200, seconds=30, every=0.05) or 30.0
    problems += [] if chair.save(tries=20) else [f"no save after {name} was back"]
    return fell, rose, problems


@dataclass
class Doctor:
    """Asks web itself, as a balancer does; the last answers, and what should not have been said."""

    port: int
    ready: int = 0
    asked: int = 0
    alive: int = 0
    slowest: float = 0.0
    problems: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Doctor":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join(30)

    def _watch(self) -> None:
        while not self.over.wait(0.1):
            status, took = self._look("/health/live", TOLD[0])
            self.asked, self.slowest = self.asked + 1, max(self.slowest, took)
            self.alive += status == 200
            self.problems += [f"live said {status} after {took:.1f} s"] if status != 200 or took > SOON else []
            self.ready, _ = self._look("/health/ready", TOLD[1])

    def _look(self, path: str, told: set[str]) -> tuple[int, float]:
        began = time.monotonic()
        try:
            response, text = ask(self.port, path, seconds=15)
        except (OSError, HTTPException):
            return 0, time.monotonic() - began
        with suppress(ValueError):
            said = json.loads(text)
            if set(said) == told and all(isinstance(value, bool) for value in said.values()):
                return response.status, time.monotonic() - began
        self.problems.append(f"{path} says {response.status}: {' '.join(text.split())[:200]}")
        return response.status, time.monotonic() - began
