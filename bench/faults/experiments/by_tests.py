"""Experiments that tests of the suite are: run here as they are, with their counts turned up where they have any."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.house import ROOT

ON_POSTGRESQL = ("-m", "tests.postgres", sys.executable)
EXAMPLES = re.compile(r"(\d+) passing examples")
SAID = re.compile(r"(\d+) (passed|failed|error)")


def by_tests(
    id: str,  # noqa: A002 -- it is called so
    *paths: str,
    does: str,
    goal: str,
    mark: str = "not journey and not production",
    turned_up: Mapping[str, str] | None = None,
    on: Sequence[str] = ON_POSTGRESQL,
) -> None:
    """Declares an experiment whose tests must pass; `turned_up` are variables that hold the rounds."""

    def run(lab: Lab) -> Outcome:
        options = ("-q", "-m", mark, "--hypothesis-show-statistics")
        command = (sys.executable, *on, "-m", "pytest", *options, *paths)
        own = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        rounds = {name: str(lab.rounds) for name in turned_up or {}}
        done = subprocess.run(command, cwd=ROOT, env=own | rounds, check=False, capture_output=True, text=True)
        said = ", ".join(" ".join(pair) for pair in SAID.findall(done.stdout.splitlines()[-1] if done.stdout else ""))
        examples = sum(map(int, EXAMPLES.findall(done.stdout)))
        killed = re.search(r"(\d+) processes were killed", done.stdout + done.stderr)
        faults = int(killed.group(1)) if killed else 0
        counted = f"{f', {faults} killed' if faults else ''}{f', {examples:,} orders' if examples else ''}"
        told = f"{said or 'nothing ran'}{counted}: {', '.join(paths)}"
        problems = () if done.returncode == 0 else ((done.stdout + done.stderr)[-500:],)
        return Outcome(told, done.returncode == 0, faults, problems=problems)

    amounts = {"nightly": 5, "release": 25}
    experiment(id, does=does, holds=does, goal=goal, amounts=amounts, limit=3600, needs_house=False)(run)


by_tests(
    "A1b",
    "tests/faults/test_killed.py",
    does="the service killed before and after each statement of save and submit, and around the commit",
    goal="0 violations",
    turned_up={"KILL_ROUNDS": "rounds"},
)
by_tests(
    "A7",
    "tests/faults/test_schedules.py",
    does="two people at one return in 2,000 random orders: save, look, submit, settle",
    goal="all that was acknowledged is found in history",
    on=(),
)
by_tests(
    "A8b",
    "tests/faults/test_parallel.py",
    "tests/respondents/together/test_races.py",
    "tests/respondents/correspondence/test_parallel.py",
    does="submit against saves, signing, removal and reopening, on two connections",
    goal="a serial order explains the result",
)
by_tests(
    "A20",
    "tests/faults/test_busy.py",
    does="a submit meets a serialization failure, a deadlock, a lock and a time-out at its last statement",
    goal="taken back whole, tried once more, then told; 0 half",
)
by_tests(
    "A21",
    "tests/accounts/test_outage.py",
    "tests/accounts/test_fates.py",
    does="the mail server away for two hours, refusing, slow; letters that come back",
    goal="each letter once, staff told",
)
by_tests(
    "E7",
    "tests/accounts/test_audit.py",
    does="the audit edited, cut, reordered and forged as a superuser",
    goal="each found, the first bad entry named",
)
by_tests(
    "E9b",
    "tests/config/test_watching.py",
    does="health and metrics of a house whose database, broker or disk is away",
    goal="live stays 200, ready turns 503",
)
