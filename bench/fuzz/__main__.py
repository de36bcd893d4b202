"""Sends hostile inputs to everything that takes any, and tells what must not have happened.

    python -m bench.fuzz --inputs 100000 --seed 1 [--first 0] [--sqlite]

Every input is undone before the next. The same seed and number give the same input: `--first N --inputs 1` sends one
again.
It ends with 1 where there was a server error, a traceback, something half done, or markup given back unescaped.
"""

import argparse
import os
import sys
from collections import Counter
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from tests.postgres import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.fuzz.running import Run

TOLD_EVERY = 1000
told: list[int] = []  # numbers of inputs whose faults were printed


@contextmanager
def database(url: str) -> "Iterator[None]":
    """An empty database with every table and, on PostgreSQL, the role of web that answers, until the block ends."""
    os.environ.update(DJANGO_SETTINGS_MODULE="tests.settings", **({"DATABASE_URL": url} if url else {}))
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from config.roles.applying import apply_roles
    from tests.site import load_once

    settings.SCRATCH.mkdir(exist_ok=True)
    setup_test_environment()
    load_once()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    if connection.vendor == "postgresql":
        apply_roles({})
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def tell(done: "Run") -> None:
    """A line now and then, and for every fault at once."""
    for fault in done.faults[len(told) :]:
        told.append(fault.number)
        print(f"input {fault.number}: {fault.what}, {fault.where}", flush=True)
    if done.inputs % TOLD_EVERY == 0:
        print(f"{done.inputs:,} inputs, {done.seconds:.0f} s, {len(done.faults)} faults", flush=True)


def report(done: "Run") -> str:
    """Figures, and each fault once with the numbers of its inputs."""
    kinds = Counter((fault.what, fault.where) for fault in done.faults)
    lines = [
        f"seed {done.seed}: {done.inputs:,} inputs in {done.seconds:.0f} s, {len(done.faults)} faults",
        f"statuses: {dict(sorted(done.statuses.items()))}",
        f"ways: {dict(done.ways.most_common())}",
        f"pairs of route and actor: {len(done.reached)}",
    ]
    for (what, where), count in kinds.most_common(60):
        first = next(fault for fault in done.faults if (fault.what, fault.where) == (what, where))
        lines += [f"--- {what}, {where}, {count} times, first at {first.number}", first.told]
    return "\n".join(lines)


def main() -> int:
    """Run, and end with 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite instead of a PostgreSQL of its own")
    said = parser.parse_args()
    with nullcontext("") if said.sqlite else postgresql() as url, database(url):
        from bench.fuzz.running import run

        done = run(inputs=said.inputs, seed=said.seed, first=said.first, tell=tell)
    print(report(done))
    return 1 if done.faults else 0


if __name__ == "__main__":
    sys.exit(main())
