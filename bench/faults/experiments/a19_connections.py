"""More people than connections, somebody asleep in a transaction, and a tool that takes every connection it can get."""

import os
import signal
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import psycopg
from django.db import connection

from bench.faults.lab import Lab
from bench.faults.loads import forget, replies, within
from bench.faults.registry import Outcome, experiment
from bench.faults.works import manage
from tests.faults.chairs import Chair, Crowd, statuses
from tests.faults.house import House

PEOPLE, PROCESSES, MOST = 60, 6, 30
IDLE = 10.0  # seconds after which a role of the pages is cut that does nothing in a transaction
SPELL = 20.0


@experiment(
    "A19",
    does=f"{PEOPLE} people at {PROCESSES} processes of web; one sleeps on a return; then a tool takes all it can",
    holds="people wait in the queue; who needs what is held waits for the cut or hears 503; saves keep connections",
    goal="cut ≤ 11 s, nobody waits above 12 s, no deadlock, only 200, 303 and 503; no 503 but for the held return",
    amounts={"small": 1, "nightly": 3, "release": 10},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """So many sleepers; then the tool, once."""
    roles = {"MIGRATION_DATABASE_URL": _url(lab, "survey"), "ROLE_PASSWORDS": "web=one; worker=two; analyst=three"}
    told = {"DATABASE_URL": _url(lab, "survey_web")}
    options = (f"max_connections={MOST}",)
    with lab.house(
        "broker", variables=told, web_options=("--preload", "--workers", str(PROCESSES)), options=options
    ) as house:
        manage(house, "database_roles", **roles, DATABASE_URL=_url(lab, "survey"))
        for name in ("web", "worker"):
            house[name].start()
        chairs = lab.chairs(house, PEOPLE)
        with Crowd(chairs, pause=0.2, submits=0.02) as crowd:
            time.sleep(5)
            cuts = [_asleep(house, chairs[number]) for number in range(lab.rounds)]
            slept, wait, longest = statuses(chairs), within(replies(chairs), 0.99), within(replies(chairs), 1)
            forget(chairs)
            taken = _taken(house)
            during = statuses(chairs)
        problems, _ = lab.settled()
    deadlocks = sum(cut.deadlocks for cut in cuts)
    problems += [f"the sleeper was cut after {cut.seconds:.0f} s" for cut in cuts if cut.seconds > IDLE + 1]
    problems += [f"{deadlocks} deadlocks"] if deadlocks else []
    problems += [f"answers {each}" for each in (slept, during) if set(each) - {200, 303, 503}]
    problems += [f"{during[503]} answers of 503 while the tool held {taken}"] if during.get(503) else []
    figure = (
        f"{len(cuts)} sleepers cut after at most {max(cut.seconds for cut in cuts):.1f} s, answers {slept}, 99% within "
        f"{wait:.2f} s and all within {longest:.1f} s; the tool got {taken} of {MOST} connections, answers {during}"
    )
    return lab.outcome(figure, faults=len(cuts) + 1, problems=[*problems, *crowd.errors], passed=longest <= IDLE + 2)


def _url(lab: Lab, role: str) -> str:
    return f"postgresql://{role}@127.0.0.1:{lab.ports.database}/postgres"


@dataclass
class Cut:
    """When the sleeper was cut, and how many deadlocks there were by then."""

    seconds: float = 0.0
    deadlocks: int = 0


def _asleep(house: House, chair: Chair) -> Cut:
    """Holds the chair's return in a transaction of web's role, and does nothing more."""
    cut, began = Cut(SPELL), time.monotonic()
    address = f"host=127.0.0.1 port={house.ports.database} user=survey_web dbname=postgres"
    with suppress(psycopg.Error), psycopg.connect(address) as held:
        held.execute("SELECT set_config('survey.everything', 'on', false)")
        held.execute("SELECT id FROM respondents_return WHERE id = %s FOR UPDATE", [chair.return_id])
        pid = held.info.backend_pid
        while time.monotonic() < began + SPELL and _is_there(pid):
            time.sleep(0.1)
        cut.seconds = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(deadlocks) FROM pg_stat_database")
        (cut.deadlocks,) = cursor.fetchone()
    connection.close()
    return cut


def _is_there(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone() is not None


def _taken(house: House) -> int:
    """A tool of an analyst opens connections until it is refused; meanwhile web's processes are lost and come anew."""
    address = f"host=127.0.0.1 port={house.ports.database} user=survey_analyst dbname=postgres"
    with ExitStack() as held:
        count = 0
        with suppress(psycopg.OperationalError):
            while count < MOST:
                held.enter_context(psycopg.connect(address))
                count += 1
        for pid in house["web"].children():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)  # each ends when it has answered
        time.sleep(SPELL / 2)
    return count
