"""Five guards are taken out of the source, one at a time: the tests named for each must fail."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.faults.experiments.a05_power import cut_power
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.house import FORGETFUL, ROOT

LEFT_OUT = (".git", ".venv", ".tools", ".env", "node_modules", "var", "__pycache__", ".*_cache", ".hypothesis")
GUARDS = "tests/faults/test_guards.py"
PARALLEL = "tests/faults/test_parallel.py"


@dataclass(frozen=True)
class Mutant:
    """A guard, where it stands, what it is replaced by, and the tests that must notice."""

    name: str
    file: str
    guard: str
    instead: str
    tests: tuple[str, ...]


CONSTRAINT = (
    'constraint=models.UniqueConstraint(fields=("survey_return", "version"), name="one_submission_per_version")'
)
MUTANTS = (
    Mutant("the lock", "respondents/returns/saving.py", '.select_for_update(of=("self",))', "", (PARALLEL,)),
    Mutant(
        "the unique constraint",
        "respondents/migrations/0001_initial.py",
        CONSTRAINT,
        'models.CheckConstraint(condition=models.Q(version__gte=0), name="one_submission_per_version")',
        (GUARDS,),
    ),
    Mutant(
        "the version check",
        "respondents/returns/saving.py",
        "filter(pk=found.pk, version=found.version)",
        "filter(pk=found.pk)",
        (PARALLEL,),
    ),
    Mutant(
        "on commit",
        "accounts/outbox/queueing.py",
        "transaction.on_commit(lambda: ring(queued), robust=True)",
        "ring(queued)",
        (GUARDS,),
    ),
    Mutant(
        "the wait for the disk",
        "docker-compose.yml",
        "    image: postgres:18-bookworm\n",
        '    image: postgres:18-bookworm\n    command: ["postgres", "-c", "fsync=off"]\n',
        (GUARDS,),
    ),
)


@experiment(
    "A24",
    does="lock, unique constraint, version check, on-commit and fsync taken out, one at a time",
    holds="the tests named for each fail, and pass without the change",
    goal="5 of 5 caught",
    amounts={"nightly": 1, "release": 1},
    limit=1800,
    needs_house=False,
)
def run(lab: Lab) -> Outcome:
    """Each in a copy of the source."""
    copy = lab.folder / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (copy / ".env").write_text("")
    problems = [] if _passes(copy, (GUARDS, PARALLEL), lab) else ["the tests fail without any change"]
    caught = [mutant.name for mutant in MUTANTS if _is_caught(copy, mutant, lab)]
    problems += [f"{mutant.name} is missed by nobody" for mutant in MUTANTS if mutant.name not in caught]
    return lab.outcome(f"{len(caught)} of {len(MUTANTS)} caught", faults=len(MUTANTS), problems=problems)


def _is_caught(copy: Path, mutant: Mutant, lab: Lab) -> bool:
    file = copy / mutant.file
    whole = file.read_text()
    assert mutant.guard in whole, f"{mutant.name}: the guard is not where it was"
    file.write_text(whole.replace(mutant.guard, mutant.instead))
    try:
        return not _passes(copy, mutant.tests, lab)
    finally:
        file.write_text(whole)


def _passes(copy: Path, tests: tuple[str, ...], lab: Lab) -> bool:
    command = (sys.executable, "-m", "tests.postgres", sys.executable, "-m", "pytest", "-q", "-x", *tests)
    own = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    with (lab.folder / "tests.log").open("ab") as log:
        return subprocess.run(command, cwd=copy, env=own, check=False, stdout=log, stderr=log).returncode == 0


@experiment(
    "A24b",
    does="the power cut of A5 on a PostgreSQL that says “committed” before it has written",
    holds="the laboratory notices that acknowledged answers are lost",
    goal="noticed",
    amounts={"nightly": 3, "release": 3},
    limit=900,
)
def undurable(lab: Lab) -> Outcome:
    """The same experiment, which must fail."""
    outcome = cut_power(lab, options=FORGETFUL)
    lost = f"{outcome.figure}; first: {outcome.problems[0] if outcome.problems else 'nothing'}"
    return Outcome(f"noticed: {lost}" if outcome.problems else lost, bool(outcome.problems), lab.rounds)
