"""What the dashboard costs at 148 boards and at 100,000 units, on PostgreSQL: queries, CPU and wall time of a page.

    python -m bench.dashboard [--units 148 100000] [--rounds 7]

CPU is that of the web process and of the database together. Statistics that are reckoned once for each set of counts
are told apart: the first look after a return came pays for them, every other look does not. The tally of answers is
made by a worker, not by the page.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from bench.quiet import tree_seconds, wait_for_quiet
from tests.postgres import postgresql

if TYPE_CHECKING:
    from django.test import Client

    from survey.models import Wave

BATCH, SEED = 2_000, 7
SENT, BEGUN = 0.4, 0.2
SLUG = "bench"


def fill(units: int) -> "Wave":
    """A wave with so many boards, each with an authority and a chair: two in five have sent, one in five has begun."""
    from tests.builders import NOW, wave, whole_register

    if units == 148:
        whole_register()
        found = wave(SLUG, closes_at=NOW + timedelta(days=21))
    else:
        found = wave(SLUG, closes_at=NOW + timedelta(days=21))
        found.returns.all().delete()
        _more_boards(found, units)
    _chairs(found)
    _answers(found)
    return found


def _more_boards(found: "Wave", units: int) -> None:
    from respondents.register.models import AuthorityType, Board, Region
    from respondents.returns.models import FrameAuthority, Return

    generator = np.random.default_rng(SEED)
    regions, types = generator.choice(Region.values, units).tolist(), generator.choice(AuthorityType.values, units)
    for numbers in _batches(units):
        strata = [{"region": regions[n], "authority_type": str(types[n])} for n in numbers]
        boards = Board.objects.bulk_create(
            Board(slug=f"b{n}", name=f"Board {n}", area_name=f"Area {n}", **strata[place])
            for place, n in enumerate(numbers)
        )
        returns = Return.objects.bulk_create(
            Return(wave=found, board=board, **strata[place]) for place, board in enumerate(boards)
        )
        FrameAuthority.objects.bulk_create(
            FrameAuthority(survey_return=one, gss_code=f"X{n:08}", name=f"Authority {n}", **strata[place])
            for place, (one, n) in enumerate(zip(returns, numbers, strict=True))
        )


def _chairs(found: "Wave") -> None:
    """One chair for each board; every twentieth has two."""
    from accounts.models import User
    from respondents.register.models import Appointment
    from tests.builders import NOW

    boards = list(found.returns.order_by("pk").values_list("board", flat=True))
    for numbers in _batches(len(boards)):
        people = User.objects.bulk_create(User(email=f"c{n}@example.org", password="!") for n in numbers)
        Appointment.objects.bulk_create(
            Appointment(
                board_id=boards[n],
                person=people[place - 1] if n % 20 == 1 and place else people[place],
                from_date=NOW.date() - timedelta(days=300),
            )
            for place, n in enumerate(numbers)
        )


def _answers(found: "Wave") -> None:
    """Documents of the usual size, and a submission for those that sent."""
    from respondents.returns.models import Return, Save, Submission
    from respondents.returns.submitting import new_reference
    from survey.schema.packing import pack

    generator = np.random.default_rng(SEED)
    items = [item for item in found.questionnaire.items.values() if item.kind == "closed" and item.scale]
    documents = [
        {i.code: int(generator.choice([*(o.value for o in i.scale.options), -9])) for i in items if i.scale}
        for _ in range(50)
    ]
    texts = {"G1": "A sentence of the usual length about what stands in the way. " * 5}
    returns = list(found.returns.order_by("pk"))
    fates = generator.random(len(returns))
    for numbers in _batches(len(returns)):
        changed, saves, submissions = [], [], []
        for n in numbers:
            if fates[n] >= SENT + BEGUN:
                continue
            is_sent, moment = bool(fates[n] < SENT), found.opens_at + timedelta(hours=float(fates[n]) * 500)
            one = returns[n]
            one.answers, one.texts, one.version, one.changed_at = documents[n % 50], texts, 1, moment
            one.submitted_version, one.submitted_at = (1, moment) if is_sent else (None, None)
            changed.append(one)
            saves.append(
                Save(survey_return=one, version=1, source="portal", made_at=moment, changes={"B1.health": [None, 1]},
                     device=("phone", "tablet", "computer")[n % 3], digest="0" * 64)
            )  # fmt: skip
            if is_sent:
                submissions.append(
                    Submission(survey_return=one, number=1, version=1, answers=documents[n % 50], texts=texts,
                               packed=pack(documents[n % 50], questionnaire=found.questionnaire),
                               reference=new_reference(), digest="0" * 64, submitted_at=moment)
                )  # fmt: skip
        fields = ["answers", "texts", "version", "changed_at", "submitted_version", "submitted_at"]
        Return.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=fields)
        Save.objects.bulk_create(saves)
        Submission.objects.bulk_create(submissions)


def _batches(number: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, number)) for start in range(0, number, BATCH))


def look(client: "Client") -> tuple[float, float]:
    """CPU and wall seconds of one look at the page; the database belongs to the process that started this one."""
    cpu, wall = tree_seconds([os.getppid()]), time.perf_counter()
    response = client.get(f"/waves/{SLUG}/")
    assert response.status_code == 200, response.status_code
    return tree_seconds([os.getppid()]) - cpu, time.perf_counter() - wall


def measure(found: "Wave", *, rounds: int) -> dict[str, object]:
    """Medians over the rounds of a look at the page, once with everything reckoned anew and then as usual."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import Role
    from analysis.core.representativeness import _compared
    from analysis.monitoring.tallying import tally_wave
    from tests.builders import NOW, person, sign_in

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    began = time.perf_counter()
    tally_wave(found, now=NOW)
    tallied = time.perf_counter() - began
    client = Client(headers={"host": "127.0.0.1:8000"})
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))

    look(client)
    _compared.cache_clear()
    first = look(client)
    runs = []
    for _ in range(rounds):
        wait_for_quiet(at_most=5)
        runs.append(look(client))
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/waves/{SLUG}/")
    slow = sorted(queries.captured_queries, key=lambda query: float(query["time"]))[-5:]
    cpu, wall = (statistics.median(each) for each in zip(*runs, strict=True))
    return {
        "queries": len(queries), "cpu_ms": round(1000 * cpu), "wall_ms": round(1000 * wall),
        "first_cpu_ms": round(1000 * first[0]), "first_wall_ms": round(1000 * first[1]), "tally_s": round(tallied, 2),
        "slowest": [f"{q['time']} {q['sql'][:90]}" for q in slow],
    }  # fmt: skip


def main() -> None:
    """Measures each size on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, nargs="+", default=[148, 100_000])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for units in options.units:
        with postgresql("-c", "shared_buffers=512MB") as url:
            environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
            call = f"from bench.dashboard import run; run({units}, {options.rounds})"
            # A process of its own, since Django is set up once for one database.
            subprocess.run([sys.executable, "-c", call], env={**environment, "DEBUG": "false"}, check=True)


def run(units: int, rounds: int) -> None:
    """One size, in a process of its own."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps({"units": units, **measure(fill(units), rounds=rounds)}), flush=True)
    connection.close()


if __name__ == "__main__":
    main()
