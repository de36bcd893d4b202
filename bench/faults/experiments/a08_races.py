"""A submit meets something else in the same moment: another save, the closing of the wave, the end of the chair."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from respondents.register.models import Appointment
from respondents.returns.models import Return, Submission
from survey.models import Wave
from tests.faults.chairs import Chair

SPREAD = 0.03  # seconds between the two, so that either comes first
Act = Callable[[Chair, Chair], object]


@experiment(
    "A8",
    does="a submit and, in the same moment, another save, the closing of the wave, or the end of the chair’s term",
    holds="one of the two was first; what was received is what was saved up to its version, under its digest",
    goal="0 violations in 1,000 races",
    amounts={"small": 30, "nightly": 1000, "release": 3000},
    limit=1800,
)
def run(lab: Lab) -> Outcome:
    """So many races, of the three kinds by turns."""
    ends, problems = Counter[str](), list[str]()
    with lab.house() as house:
        mine, others = lab.chairs(house, len(lab.people)), lab.chairs(house, len(lab.people))
        for number in range(lab.rounds):
            name = list(KINDS)[number % len(KINDS)]
            chair, other = mine[number % len(mine)], others[number % len(mine)]
            ends[f"{name}: {_race(lab, name, chair, other, problems)}"] += 1
        wrong, _ = lab.settled()
        wrong += [problem for found in Submission.objects.select_related("survey_return") for problem in _unlike(found)]
    told = ", ".join(f"{name} {count}" for name, count in sorted(ends.items()))
    return lab.outcome(f"{lab.rounds} races ({told})", faults=lab.rounds, problems=[*wrong, *problems])


def _race(lab: Lab, name: str, chair: Chair, other: Chair, problems: list[str]) -> str:
    """Which of the two was first, as far as the chair was told."""
    before, after = KINDS[name]
    assert chair.save(tries=20), f"{name}: could not save"
    other.version = chair.version
    start, waits = Barrier(2), [0.0, lab.chance.uniform(0, SPREAD)]
    lab.chance.shuffle(waits)

    def together(act: Callable[[], object], wait: float) -> object:
        start.wait(30)
        time.sleep(wait)
        return act()

    with ThreadPoolExecutor(2) as pool:
        submitted = pool.submit(together, chair.submit, waits[0])
        done = pool.submit(together, lambda: before(chair, other), waits[1])
        submitted.result(), done.result()
    after(chair, other)
    answered = next(reply for reply in reversed(chair.replies) if reply.status)
    is_received = (chair.return_id, chair.version) in {key[:2] for key in lab.ledger.submissions}
    stored = Submission.objects.filter(survey_return=UUID(chair.return_id), version=chair.version).exists()
    connection.close()
    problems += [] if stored == is_received else [f"{name}: told {answered.status}, and stored is {stored}"]
    chair.version = max(chair.version, other.version)
    return "submit first" if is_received else "submit refused"


def _saves(_: Chair, other: Chair) -> None:
    other.save(tries=5, pause=0.05)


def _closes(_: Chair, __: Chair) -> None:
    Wave.objects.filter(slug="bench").update(closes_at=timezone.now())
    connection.close()


def _opens(_: Chair, __: Chair) -> None:
    Wave.objects.filter(slug="bench").update(closes_at=timezone.now() + timedelta(days=30))


def _appointment(chair: Chair, until: date | None) -> None:
    board = Return.objects.values_list("board", flat=True).get(pk=chair.return_id)
    Appointment.objects.filter(board=board).update(until_date=until)
    connection.close()


def _ends(chair: Chair, _: Chair) -> None:
    _appointment(chair, timezone.localdate() - timedelta(days=1))


def _returns(chair: Chair, _: Chair) -> None:
    _appointment(chair, None)


KINDS: dict[str, tuple[Act, Act]] = {
    "another save": (_saves, lambda *_: None),
    "the closing": (_closes, _opens),
    "the chair’s end": (_ends, _returns),
}


def _unlike(found: Submission) -> Iterator[str]:
    """Where what was received is not what had been saved up to its version."""
    values: dict[str, object] = {}
    for save in found.survey_return.saves.filter(version__lte=found.version).order_by("version"):
        values |= {item: change[1] for item, change in save.changes.items()}
    told = {**found.answers, **found.texts}
    wrong = [item for item, value in values.items() if value is not None and told.get(item) != value]
    yield from (
        [f"submission {found.number} of {found.survey_return_id} has another {', '.join(wrong)}"] if wrong else []
    )
