"""The explorer's page of one table: an item by region, a battery by region, an item by another, from so many returns.

    python -m bench.explorer [--returns 57 100000] [--rounds 5]

CPU is that of web process and PostgreSQL together. The first look reads the answers; the next read what is new.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from bench.answers import fill
from bench.quiet import tree_seconds, wait_for_quiet
from tests.postgres import postgresql

if TYPE_CHECKING:
    from django.test import Client

PAGE = "/waves/bench/tables/explore/"
QUERIES = {
    "an item by region": "item=D1.2&by=region",
    "an item by another": "item=D1.2&by=C1&base=answered",
    "a battery by region": "item=D1&by=region&scale=collapsed",
    "a battery, all together": "item=B1",
}


def look(client: "Client", address: str) -> tuple[float, float]:
    """CPU and wall seconds of one look; the database belongs to the process that started this one."""
    cpu, wall = tree_seconds([os.getppid()]), time.perf_counter()
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return tree_seconds([os.getppid()]) - cpu, time.perf_counter() - wall


def run(returns: int, rounds: int) -> None:
    """One size, in a process of its own."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from accounts.models import Role
    from tests.builders import person, sign_in

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(returns)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client(headers={"host": "127.0.0.1:8000"})
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))
    client.get(PAGE)
    _tell(returns, "the first look", [look(client, f"{PAGE}?{next(iter(QUERIES.values()))}")])
    for name, query in QUERIES.items():
        runs = []
        for _ in range(rounds):
            wait_for_quiet(at_most=5)
            runs.append(look(client, f"{PAGE}?{query}"))
        _tell(returns, name, runs)
    _tell(returns, "a protected copy (CSV)", [look(client, f"{PAGE}table.csv?item=D1.2&by=region") for _ in range(3)])
    connection.close()


def _tell(returns: int, name: str, runs: list[tuple[float, float]]) -> None:
    cpu, wall = (statistics.median(each) for each in zip(*runs, strict=True))
    told = {"returns": returns, "look": name, "cpu_ms": round(1000 * cpu), "wall_ms": round(1000 * wall)}
    print(json.dumps(told), flush=True)


def main() -> None:
    """Measures each size on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=int, nargs="+", default=[57, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for returns in options.returns:
        with postgresql("-c", "shared_buffers=512MB") as url:
            environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
            call = f"from bench.explorer import run; run({returns}, {options.rounds})"
            # A process of its own, since Django is set up once for one database.
            subprocess.run([sys.executable, "-c", call], env={**environment, "DEBUG": "false"}, check=True)


if __name__ == "__main__":
    main()
