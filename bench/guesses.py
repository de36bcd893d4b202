"""Guessing codes for real, through the form that people use: every way of guessing that we know, on PostgreSQL.

    python -m bench.guesses [--guesses 100000] [--seed 1]

Each guess is a POST of the sign-in form, answered by the whole site in this process, by several threads at once; every
browser has an address of its own on the network. Codes are carried by the post before they are guessed at. Counts how
often a guess was compared with a code that could have been right, and who was signed in.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING
from unittest import mock

from tests.postgres import postgresql

if TYPE_CHECKING:
    pass

CHAIRS, CODES_A_DAY, ADDRESSES, STRANGERS = 148, 10, 1_000, 3_800
AT_ONCE, TRIES = 4, 5
LETTERS, LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 8
HOSTS = count(1)
NOBODY = "-" * 64  # compared with where no code was sent
# One mailbox as people and attackers write it, and others that only look like it.
LIKE = (
    *("CHAIR000@example.org", "chair000@EXAMPLE.ORG", " chair000@example.org ", "Chair000@Example.org"),
    *("chàir000@example.org", "\uff43hair000@example.org", "chair000+x@example.org", "chair000@example.org."),
    *("cha\u0131r000@example.org", "chair000@exämple.org", "c.hair000@example.org", "chair000@example.org\u200b"),
)


@dataclass
class Found:
    """What came of it all."""

    rng: random.Random
    compared: Counter[str] = field(default_factory=Counter)  # by the digest of the code
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, one: str, other: str) -> bool:
        """Stands in for the comparison, and counts it."""
        with self.lock:
            self.compared[one] += 1
        return one == other

    def answered(self, status: int) -> None:
        """One more answer of the site."""
        with self.lock:
            self.statuses[status] += 1
            self.faults += [f"an answer of {status}"] if status >= 500 else []


class Browser:
    """Somebody at one address on the network who asks for a code and guesses at it."""

    def __init__(self, found: Found, *, host: int = 0) -> None:
        from django.test import Client

        number = host or next(HOSTS)
        self.found, self.host = found, number
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.client: Client = Client(REMOTE_ADDR=address, raise_request_exception=False)

    def ask(self, email: str) -> bool:
        """Whether a code was asked for."""
        return self._post("/sign-in/", email=email) == 302

    def ask_again(self) -> None:
        """“Send me a new code”."""
        self._post("/sign-in/code/new/")

    def guess(self, times: int = 1) -> None:
        """So many wrong codes, most likely."""
        for _ in range(times):
            self.enter("".join(self.found.rng.choices(LETTERS, k=LENGTH)))

    def enter(self, code: str) -> None:
        """One code."""
        self._post("/sign-in/code/", code=code)

    @property
    def is_in(self) -> bool:
        """Whether somebody was signed in."""
        return "_auth_user_id" in self.client.session

    def _post(self, address: str, **sent: str) -> int:
        status: int = self.client.post(address, sent).status_code
        self.found.answered(status)
        return status


def in_threads(jobs: Iterable[Callable[[], object]], *, at_once: int = AT_ONCE) -> None:
    """Every job, by so many threads at once; the first error, if there was one."""
    every = list(jobs)

    def some(mine: Sequence[Callable[[], object]]) -> None:
        from django.db import connections

        for job in mine:
            job()
        connections.close_all()

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(some, [every[number::at_once] for number in range(at_once)]))


def asked(found: Found, emails: Iterable[str]) -> list[Browser]:
    """A browser for each of these addresses that has asked for a code; the post is carried."""
    from tests.post import carry_post

    browsers = [(Browser(found), email) for email in emails]
    in_threads(partial(browser.ask, email) for browser, email in browsers)
    carry_post()
    return [browser for browser, _ in browsers]


def guessed(found: Found, browsers: Sequence[Browser], guesses: int) -> list[Browser]:
    """So many guesses shared out over these browsers."""
    each, more = divmod(guesses, len(browsers))
    shares = [each + (number < more) for number in range(len(browsers))]
    in_threads(partial(browser.guess, share) for browser, share in zip(browsers, shares, strict=True))
    return list(browsers)


def chair(number: int) -> str:
    """The address of one of the chairs."""
    return f"chair{number:03}@example.org"


def resending(found: Found, guesses: int) -> list[Browser]:
    """One browser that asks for a new code after every five guesses, as often as it is let."""
    from tests.post import carry_post

    browser = asked(found, [chair(2)])[0]
    for _ in range(guesses // TRIES):
        browser.guess(TRIES)
        browser.ask_again()
        carry_post()
    return [browser]


def at_the_fifth(found: Found, guesses: int) -> list[Browser]:
    """Four guesses at each code, then many at the same moment for the fifth."""
    from tests.races import at_once

    browsers = asked(found, [chair(number % CHAIRS) for number in range(guesses // 24)])
    for browser in browsers:
        browser.guess(TRIES - 1)
        at_once(20, twin_of(browser))
    return browsers


def twin_of(browser: Browser) -> Callable[[], None]:
    """Another tab of the same browser, which guesses once."""
    from django.conf import settings

    cookie = browser.client.cookies[settings.SESSION_COOKIE_NAME].value

    def guess() -> None:
        twin = Browser(browser.found, host=browser.host)
        twin.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        twin.guess()

    return guess


def after_a_success(found: Found, guesses: int) -> list[Browser]:
    """Somebody who uses up what may be asked from their address, signs in with a good code, and asks and guesses on."""
    from tests.post import code_in_the_post

    good = asked(found, [chair(147)])[0]
    code = code_in_the_post()
    others = [Browser(found, host=good.host) for _ in range(40)]
    refused = [not other.ask(f"somebody{number}@example.org") for number, other in enumerate(others)]
    good.enter(code)
    found.faults += [] if good.is_in else ["the right code did not sign in"]
    late = Browser(found, host=good.host)
    found.faults += ["a success cleared the limit of its address"] if refused[-1] and late.ask(chair(3)) else []
    found.faults += [] if refused[-1] else ["forty codes were asked for from one address in a minute"]
    return guessed(found, [other for other, was in zip(others, refused, strict=True) if not was], guesses)


def after_ten_minutes(found: Found, guesses: int) -> list[Browser]:
    """Codes that have run out."""
    from django.utils import timezone

    from accounts.codes.models import SignInCode

    browsers, before = asked(found, map(chair, range(20))), sum(found.compared.values())
    SignInCode.objects.filter(email__in=map(chair, range(20))).update(expires_at=timezone.now())
    guessed(found, browsers, guesses)
    found.faults += ["an expired code was compared"] if sum(found.compared.values()) > before else []
    return browsers


Way = Callable[[Found, int], list[Browser]]
WAYS: dict[str, tuple[int, Way]] = {
    "addresses that look like a chair’s": (4, lambda found, many: guessed(found, asked(found, LIKE), many)),
    "twenty at the same moment for the fifth try": (5, at_the_fifth),
    "one client at one code": (15, lambda found, many: guessed(found, asked(found, [chair(1)]), many)),
    "one client, a new code after every five": (4, resending),
    "1,000 addresses at one chair": (
        15,
        lambda found, many: guessed(found, asked(found, [chair(4)] * ADDRESSES), many),
    ),
    "every chair, ten codes each": (
        15,
        lambda found, many: guessed(found, asked(found, [chair(n) for n in range(CHAIRS)] * CODES_A_DAY), many),
    ),
    "after a success elsewhere": (5, after_a_success),
    "after ten minutes": (5, after_ten_minutes),
    "strangers, until the budget of all is spent": (
        22,
        lambda found, many: guessed(found, asked(found, (f"s{n}@example.org" for n in range(STRANGERS))), many),
    ),
    "every chair once more, when it is spent": (
        10,
        lambda found, many: guessed(found, asked(found, map(chair, range(CHAIRS))), many),
    ),
}


def try_all(found: Found, wanted: int) -> None:
    """All the ways, each as large as its share, and a line about each."""
    share = sum(each for each, _ in WAYS.values())
    for name, (part, way) in WAYS.items():
        made, compared, began = sum(found.statuses.values()), found.compared.copy(), time.monotonic()
        signed_in = sum(browser.is_in for browser in way(found, wanted * part // share))
        found.faults += [f"{signed_in} signed in: {name}"] if signed_in else []
        new = found.compared - compared
        most = max((times for digest, times in new.items() if digest != NOBODY), default=0)
        print(
            f"{name}: {sum(found.statuses.values()) - made:,} requests in {time.monotonic() - began:.0f} s, "
            f"{sum(new.values()):,} compared, {most} at most with one code",
            flush=True,
        )


def judge(found: Found) -> None:
    """What must hold of all together."""
    from accounts.codes.budget import WRONG_AT_ONE_ADDRESS, WRONG_IN_ALL
    from accounts.codes.models import SHORT, SignInCode

    short = SignInCode.objects.filter(letters=SHORT)
    emails = dict(short.exclude(digest="").values_list("digest", "email"))
    here = Counter[str]()
    for digest, times in found.compared.items():
        if digest in emails:
            here[emails[digest]] += times
    most = max(times for digest, times in found.compared.items() if digest != NOBODY)
    at_one = max(here.values())
    chance = sum(here.values()) / len(LETTERS) ** LENGTH
    found.faults += [f"one code was compared {most} times"] if most > TRIES else []
    found.faults += [f"{at_one} short codes were compared at one address"] if at_one > WRONG_AT_ONE_ADDRESS else []
    print(f"short codes: {len(emails):,} sent, {sum(here.values()):,} comparisons with them, {at_one} at one address")
    print(f"budget of a day: {WRONG_AT_ONE_ADDRESS} at one address, {WRONG_IN_ALL:,} in all; chance {chance:.1e}")


def run(wanted: int, *, seed: int) -> int:
    """On an empty database with every chair known."""
    from accounts.codes import trying
    from tests import builders

    for number in range(CHAIRS):
        builders.person(chair(number))
    found = Found(random.Random(seed))
    with mock.patch.object(trying, "is_same", found.note):
        try_all(found, wanted)
    judge(found)
    print(f"seed {seed}: {sum(found.statuses.values()):,} requests {dict(found.statuses)}, faults: {found.faults}")
    return 1 if found.faults else 0


def main() -> int:
    """Guess, and end with 1 where a code was compared more than five times or somebody was signed in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    with postgresql() as url:
        from bench.fuzz.__main__ import database

        with database(url):
            return run(said.guesses, seed=said.seed)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main())
