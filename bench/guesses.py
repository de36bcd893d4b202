"""Guessing codes for real: by one client, by many, at every chair, many at once, after another code, by look-alikes.

    python -m bench.guesses [--guesses 100000]

Counts how many guesses were compared with a code that could have been right, and who was signed in.
"""

import argparse
import os
import random
import sys
import threading
from datetime import datetime, timedelta
from unittest import mock

from tests.postgres import postgresql

CHAIRS, AT_ONCE, CODES_A_DAY = 148, 8, 10
LIKE = ("CHAIR000@example.org", "chair000@EXAMPLE.org", " chair000@example.org ", "chair000+x@example.org")


class Guesser:
    """Tries codes, and counts what was compared and who came in."""

    def __init__(self, now: datetime) -> None:
        self.now, self.rng = now, random.Random(1)
        self.compared = self.right = self.made = self.faults = 0

    def ask(self, *addresses: str) -> list[str]:
        """A code at each address, each in a browser of its own."""
        from accounts.codes.asking import ask_for_code

        return [ask_for_code(address, now=self.now) for address in addresses]

    def guess(self, secret: str) -> None:
        """One wrong code, most likely."""
        from accounts.codes.making import LETTERS
        from accounts.codes.trying import try_code
        from accounts.models import User

        code = "".join(self.rng.choices(LETTERS, k=8))
        self.right += isinstance(try_code(code, secret=secret, now=self.now), User)

    def spray(self, what: str, secrets: list[str], guesses: int, *, at_once: int = 1) -> None:
        """So many guesses at these codes in turn, and a line about them."""

        def some() -> None:
            from django.db import connection

            for number in range(guesses // at_once):
                self.guess(secrets[number % len(secrets)])
            if at_once > 1:
                connection.close()

        threads = [threading.Thread(target=some) for _ in range(at_once if at_once > 1 else 0)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if not threads:
            some()
        print(f"{what}: {guesses:,} guesses at {len(secrets):,} codes, {self.compared:,} compared", flush=True)
        self.faults += self.compared > 5 * len(secrets)
        self.made, self.compared = self.made + guesses, 0

    def note(self, one: str, other: str) -> bool:
        """Stands in for the comparison, and counts it."""
        self.compared += 1
        return one == other


def ways(found: Guesser, wanted: int) -> None:
    """All the ways, each as large as its share."""
    addresses = [f"chair{number:03}@example.org" for number in range(CHAIRS)]
    found.spray("one client at one code", found.ask(addresses[0]), wanted * 4 // 10)
    found.spray("codes of one address, more than its budget", found.ask(*addresses[:1] * 60), wanted // 10)
    found.spray("every chair, ten codes each", found.ask(*addresses * CODES_A_DAY), wanted * 3 // 10)
    found.spray("addresses that look like a chair’s", found.ask(*LIKE), wanted // 20)
    found.spray("many at once at one code", found.ask(addresses[2]), wanted // 10, at_once=AT_ONCE)
    secrets = found.ask(addresses[3])
    found.now += timedelta(minutes=10)
    found.spray("after ten minutes", secrets, wanted // 20)


def main() -> int:
    """Guess, and end with 1 where a code was compared more than five times or somebody was signed in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guesses", type=int, default=100_000)
    wanted: int = parser.parse_args().guesses
    with postgresql() as url:
        from bench.fuzz.__main__ import database

        with database(url):
            return run(wanted)


def run(wanted: int) -> int:
    """On an empty database with every chair known."""
    from django.utils import timezone

    from accounts.codes import trying
    from tests import builders

    for number in range(CHAIRS):
        builders.person(f"chair{number:03}@example.org")
    found = Guesser(timezone.now())
    with mock.patch.object(trying, "is_same", found.note):
        ways(found, wanted)
    print(f"{found.made:,} guesses, {found.right} signed in, {found.faults} ways with more than five tries for a code")
    return 1 if found.right or found.faults else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main())
