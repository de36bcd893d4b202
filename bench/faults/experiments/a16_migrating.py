"""Tables change while people save and somebody who looks long holds them: nobody waits, and it is done in the end."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg

from bench.faults.lab import Lab
from bench.faults.loads import failed, forget, replies, within
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Crowd
from tests.faults.house import ROOT, House

HELD = 30.0  # seconds for which somebody reads in one transaction
BLOCKED = 0.5
PEOPLE, PAUSE = 40, 0.8  # 50 saves a second

SETTINGS = 'from config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, "later"]\n'
HEAD = "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
# The kinds that are allowed while the version before goes on (config/migrating/rules.py).
LATER = {
    "column": "ALTER TABLE respondents_return ADD COLUMN later_{0} integer NULL",
    "column with a default": "ALTER TABLE respondents_save ADD COLUMN later_{0} varchar(9) NOT NULL DEFAULT 'none'",
    "table": "CREATE TABLE later_{0} (id bigint PRIMARY KEY, of uuid REFERENCES respondents_return (id))",
    "index": "CREATE INDEX CONCURRENTLY later_index_{0} ON respondents_save (version)",
}


@experiment(
    "A16",
    does=f"migrations of four kinds while 40 people save and a reader holds the tables for {HELD:.0f} seconds",
    holds="no request fails, none waits longer than the half second of a lock; each migration is done without a hand",
    goal="0 failed; blocked ≤ 500 ms beyond what saves take alone",
    amounts={"small": 1, "nightly": 1, "release": 5},
    limit=1800,
)
def run(lab: Lab) -> Outcome:
    """Each kind once in each round."""
    problems, slowest, took = list[str](), 0.0, list[str]()
    with lab.house() as house:
        chairs = lab.chairs(house, PEOPLE)
        with Crowd(chairs, pause=PAUSE, submits=0.02) as crowd:
            time.sleep(5)
            forget(chairs)
            time.sleep(10)
            alone, worst = within(replies(chairs)), max(each.seconds for each in replies(chairs))
            forget(chairs)
            number = 0
            for _ in range(lab.rounds):
                for kind, statement in LATER.items():
                    number += 1
                    seconds, wrong = _migrated(lab, house, number, statement.format(number))
                    took.append(f"{kind} {seconds:.0f} s")
                    problems += wrong
            found = replies(chairs)
            slowest = max(each.seconds for each in found)
        wrong, _ = lab.settled()
    bad = failed(found)
    problems += [f"{bad} requests failed"] if bad else []
    problems += [f"one waited {slowest:.2f} s"] if slowest > worst + 2 * BLOCKED else []
    figure = (
        f"{number} migrations ({', '.join(took)}, for {HELD:.0f} s of which a reader held them), {len(found)} "
        f"requests meanwhile, {bad} failed; 95% within {1000 * within(found):.0f} ms ({1000 * alone:.0f} ms before), "
        f"the slowest {slowest:.2f} s ({worst:.2f} s before)"
    )
    return lab.outcome(figure, faults=number, problems=[*wrong, *problems, *crowd.errors])


def _migrated(lab: Lab, house: House, number: int, statement: str) -> tuple[float, list[str]]:
    """How long the product’s own `migrate` took while the tables were held, and what it said if it gave up."""
    _write_migration(lab.folder, number, statement)
    reader = threading.Thread(target=_look_long, args=(house.ports.database,))
    reader.start()
    time.sleep(1)
    began = time.monotonic()
    own = house.environment | {
        "PYTHONPATH": f"{lab.folder}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "later_settings",
    }
    command = (sys.executable, ROOT / "manage.py", "migrate", "later")
    done = subprocess.run(command, env=own, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    reader.join()
    return seconds, [f"migrate {number} ended with {done.returncode}: {done.stderr[-300:]}"] if done.returncode else []


def _write_migration(folder: Path, number: int, statement: str) -> None:
    """A room that does not exist yet gets its next migration."""
    place = folder / "later" / "migrations"
    place.mkdir(parents=True, exist_ok=True)
    (folder / "later_settings.py").write_text(SETTINGS)
    for package in (folder / "later", place):
        (package / "__init__.py").touch()
    before = f'[("later", "{number - 1:04}_later")]' if number > 1 else '[("respondents", "0001_initial")]'
    told = f"    atomic = {'CONCURRENTLY' not in statement}\n    dependencies = {before}\n"
    (place / f"{number:04}_later.py").write_text(f"{HEAD}{told}    operations = [migrations.RunSQL({statement!r})]\n")


def _look_long(port: int) -> None:
    """As an analyst does whose query takes long."""
    with psycopg.connect(f"host=127.0.0.1 port={port} user=survey dbname=postgres") as held:
        held.execute(
            "SELECT count(r.id), count(s.id) FROM respondents_return r, respondents_save s, pg_sleep(%s)", [HELD]
        )
