"""The clocks of the machines differ: the wave closes for everybody at one moment, by the database's clock."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair
from tests.faults.house import House

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
OPEN_FOR = 12.0  # seconds
SLACK = 1.0  # a save that was on its way at the moment itself


@experiment(
    "A12",
    does="web ten minutes ahead, then ten minutes behind, while a wave closes (faketime)",
    holds="before the closing by the database’s clock everything is accepted, after it nothing",
    goal="0 refused early, 0 accepted late",
    amounts={"nightly": 2, "release": 6},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """Ahead and behind in turn."""
    if not LIBRARY.exists():
        return Outcome("not run: faketime is not installed (apt-get install faketime)", passed=False)
    problems, tried = list[str](), 0
    with lab.house("worker") as house:
        chairs = lab.chairs(house, 3 * lab.rounds)
        for number in range(lab.rounds):
            skew = "+600s" if number % 2 == 0 else "-600s"
            wrong, count = _close(house, chairs[3 * number : 3 * number + 3], skew)
            tried += count
            problems += wrong
        problems += lab.settled()[0]
    return lab.outcome(f"{tried} saves around {lab.rounds} closings", faults=lab.rounds, problems=problems)


def _close(house: House, chairs: list[Chair], skew: str) -> tuple[list[str], int]:
    from survey.models import Wave

    house["web"].start(LD_PRELOAD=str(LIBRARY), FAKETIME=skew, NO_FAKE_STAT="1")
    began = _database_time()
    Wave.objects.filter(slug="bench").update(closes_at=began + timedelta(seconds=OPEN_FOR))
    problems, tried = list[str](), 0
    started = time.monotonic()
    while time.monotonic() - started < OPEN_FOR + 6:
        for chair in chairs:
            sent_at = time.monotonic() - started
            is_saved = chair.save()
            done_at, tried = time.monotonic() - started, tried + 1
            if is_saved and sent_at > OPEN_FOR + SLACK:
                problems.append(f"web {skew}: accepted {sent_at - OPEN_FOR:.1f} s late")
            if not is_saved and done_at < OPEN_FOR - SLACK:
                problems.append(f"web {skew}: refused {OPEN_FOR - done_at:.1f} s early with {chair.replies[-1].status}")
        time.sleep(0.3)
    house["web"].stop()
    Wave.objects.filter(slug="bench").update(closes_at=_database_time() + timedelta(days=30))
    return problems, tried


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
