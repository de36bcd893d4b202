"""Which host of workers holds something, and whether what it held goes on elsewhere once it is lost."""

import re
from collections.abc import Mapping
from time import monotonic

from django.db import connection

from accounts.leases import UNFINISHED
from analysis.builds.models import Build
from bench.faults.estate import WORKS, Estate
from bench.faults.works import as_it_is, is_over, reminders
from respondents.contacts.models import Mailing
from tests.faults.chairs import wait_for

NEVER = 999.0
BEGUN = re.compile(r"Task analysis\.builds\.tasks\.run\[([0-9a-f-]+)\] (received|succeeded)")


def holder_of(house: Estate, build: Build, *, before: Mapping[str, set[str]]) -> str:
    """The host of workers that has begun it; `before` is what each was doing before it was asked for."""
    assert wait_for(lambda: as_it_is(build).state == "running", seconds=60) is not None, "nobody began the build"
    now = under_way(house)
    return next(name for name in now if now[name] - before[name])


def under_way(house: Estate) -> dict[str, set[str]]:
    """The builds that the workers of each host were given and say nothing more of, by the numbers of their rings."""
    return {name: rings_left(house.houses[name]["worker"].log.read_text()) for name in WORKS}


def rings_left(log: str) -> set[str]:
    """Which rings a worker heard and has not answered."""
    heard = dict(BEGUN.findall(log))
    return {ring for ring, last in heard.items() if last == "received"}


def goes_on(build: Build, attempts: int) -> float:
    """How long until another attempt at it has begun."""
    try:
        took = wait_for(lambda: as_it_is(build).attempts > attempts or is_over(build), seconds=150)
    finally:
        connection.close()
    return NEVER if took is None else took


def all_gone(letters: Mailing, least: int, *, since: float) -> float:
    """How long after that moment all letters of the run had gone, of which there are at least so many."""
    mine = reminders(letters)
    try:
        took = wait_for(lambda: mine.count() >= least and not mine.filter(state__in=UNFINISHED).exists(), seconds=150)
    finally:
        connection.close()
    return NEVER if took is None else monotonic() - since


def not_once(letters: Mailing) -> list[str]:
    """What is wrong if somebody has more than one letter of the run."""
    count, people = reminders(letters).count(), reminders(letters).values("recipient").distinct().count()
    return [] if count == people else [f"{count} reminders to {people} people"]
