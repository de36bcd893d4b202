"""Whether the time of a reply tells who is known: asking for codes, and trying wrong ones, by addresses of three kinds.

    python -m bench.sign_in [--tries 1000]

An area under the curve of 0.50 means that nothing can be told from the time, 1.00 that everything can.
"""

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.postgres import postgresql

if TYPE_CHECKING:
    from django.test import Client

KINDS = ("known", "unknown", "shut-out")
Times = dict[str, list[float]]


def prepare(tries: int) -> None:
    """People with one address each for every try, so that no row is warmer than another."""
    from django.conf import settings
    from django.core.management import call_command

    from accounts.models import User

    settings.ACCOUNT_RATE_LIMITS = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS += ["testserver"]
    call_command("migrate", verbosity=0)
    for kind in ("known", "shut-out"):
        active = kind == "known"
        User.objects.bulk_create(
            User(email=f"{kind}-{number:06}@example.org", is_active=active) for number in range(tries)
        )


def timed(client: "Client", path: str, sent: dict[str, str]) -> float:
    """Milliseconds from the post to the reply."""
    started = time.perf_counter()
    client.post(path, sent)
    return (time.perf_counter() - started) * 1000


def measure(tries: int) -> tuple[Times, Times]:
    """The times of asking and of a wrong code, the three kinds in turn so that all drift alike."""
    from django.test import Client

    from tests.post import carry_post

    asking: Times = {kind: [] for kind in KINDS}
    guessing: Times = {kind: [] for kind in KINDS}
    orders = itertools.cycle(itertools.permutations(KINDS))
    for number, order in zip(range(tries), orders, strict=False):
        clients = {kind: Client() for kind in KINDS}
        for kind in order:
            sent = {"email": f"{kind}-{number:06}@example.org"}
            asking[kind].append(timed(clients[kind], "/sign-in/", sent))
        carry_post()
        for kind in order:
            guessing[kind].append(timed(clients[kind], "/sign-in/code/", {"code": "BCDF-GHJK"}))
    return asking, guessing


def area(one: Sequence[float], other: Sequence[float]) -> float:
    """How often a value of the one is larger than a value of the other; a draw counts half."""
    pairs = len(one) * len(other)
    larger = sum((a > b) + (a == b) / 2 for a in one for b in other)
    return max(larger / pairs, 1 - larger / pairs)


def main() -> None:
    """Measure on a fresh PostgreSQL and print both areas."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000)
    tries: int = parser.parse_args().tries
    with postgresql() as url:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="tests.settings")
        import django
        from django.db import connections

        django.setup()
        prepare(tries)
        results = measure(tries)
        connections.close_all()
    for what, times in zip(("asking for a code", "a wrong code"), results, strict=True):
        medians = ", ".join(f"{kind} {statistics.median(times[kind]):.2f} ms" for kind in KINDS)
        areas = ", ".join(f"{kind} {area(times['known'], times[kind]):.3f}" for kind in KINDS[1:])
        print(f"{what}: {medians}; area against known: {areas}")


if __name__ == "__main__":
    main()
