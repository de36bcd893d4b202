"""The page on which one answer is coded, with so many answers to its question: queries, CPU and wall time of a look.

    python -m bench.coding [--returns 57 10000] [--rounds 5]

CPU is that of web process and PostgreSQL together. Half of the answers are coded already.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.answers import fill
from bench.quiet import tree_seconds
from tests.postgres import postgresql

if TYPE_CHECKING:
    from survey.models import Wave

ITEM = "G1"


def run(returns: int, rounds: int) -> None:
    """Measures one size, on an empty database."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from analysis.opentext.work import work_on
    from tests.builders import sign_in

    wave = fill(returns)
    client, url = Client(), prepare(wave)
    coders = work_on(wave, ITEM).people
    sign_in(client, coders[0])
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        queries = len(asked)
        page = [look(lambda: client.get(url)) for _ in range(rounds)]
        whole = [look(lambda: work_on(wave, ITEM)) for _ in range(rounds)]
    for name, times in (("page", page), ("all texts and codings read", whole)):
        cpu, wall = (round(statistics.median(each), 3) for each in zip(*times, strict=True))
        print(json.dumps({"returns": returns, "what": name, "queries": queries, "cpu": cpu, "wall": wall}))


def prepare(wave: "Wave") -> str:
    """A frame, two coders, every other answer coded by the first; the page of one that is not."""
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Role
    from analysis.core.coding import Code
    from analysis.opentext.coding import name_coders
    from analysis.opentext.framing import add_code
    from analysis.opentext.models import Coding
    from analysis.opentext.work import work_on
    from tests.builders import person

    now = timezone.now()
    ada, ben = (person(f"{name}@example.org", role=Role.ANALYST) for name in ("ada", "ben"))
    frame = add_code(wave, ITEM, Code("", "Money", "Something about money"), by=ada, now=now)
    name_coders(wave, ITEM, first=ada, second=ben, by=ada, now=now)
    answers = work_on(wave, ITEM).answers
    beside = {"item": ITEM, "frame": frame, "applied": [{"code": "money"}], "made_by": ada, "made_at": now}
    Coding.objects.bulk_create(
        Coding(survey_return_id=each.return_id, text_digest=each.digest, **beside) for each in answers[::2]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return f"/waves/bench/tables/text/{ITEM}/code/{answers[1].pseudonym}/"


def look(at: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds; the database belongs to the process that started this one."""
    cpu, wall = tree_seconds([os.getppid()]), time.perf_counter()
    at()
    return tree_seconds([os.getppid()]) - cpu, time.perf_counter() - wall


def main() -> None:
    """Measures each size on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=int, nargs="+", default=[57, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for returns in options.returns:
        with postgresql("-c", "shared_buffers=512MB") as url:
            environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
            call = f"from bench.coding import run; run({returns}, {options.rounds})"
            subprocess.run([sys.executable, "-c", call], env={**environment, "DEBUG": "false"}, check=True)


if __name__ == "__main__":
    main()
