"""Every gate a change must pass: `python -m config.gates`, or `--quick` for those that need no browser or server.

The last line says how many checks and tests passed and failed. A skipped test counts as failed, for it was not asked.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q")
TWO_LANES = ("--numprocesses", "2", "--dist", "loadfile")
ON_SQLITE = (*TWO_LANES, "-m", "not journey and not production")
ON_POSTGRESQL = (*TWO_LANES, "-m", "not pure and not journey and not production")
TIME_LIMIT = 1500
AT_A_TIME = 3  # each in two lanes: browsers, servers, databases and workers wait for each other half the time
# Some hundred processes load the same modules: what one has compiled, the others find.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Gate:
    """A command that must end with 0; one that runs tests also counts them."""

    name: str
    command: tuple[str, ...]
    runs_tests: bool = False
    is_quick: bool = True


# Begun in this order, the longest first, so that the last to end are short.
GATES = (
    Gate("Journeys", (*PYTEST, *TWO_LANES, "-m", "journey", "tests/journeys"), runs_tests=True, is_quick=False),
    Gate("Tests on SQLite", (*PYTEST, *ON_SQLITE), runs_tests=True),
    Gate(
        "Tests on PostgreSQL",
        (PYTHON, "-m", "tests.postgres", *PYTEST, *ON_POSTGRESQL),
        runs_tests=True,
        is_quick=False,
    ),
    Gate("Production shape", (*PYTEST, "-m", "production", "tests/config"), runs_tests=True, is_quick=False),
    Gate("Types", (PYTHON, "-m", "mypy", ".")),
    Gate("Templates", (PYTHON, "-m", "djlint", "--lint", "--quiet", ".")),
    Gate("Lint", (PYTHON, "-m", "ruff", "check", ".")),
    Gate("Format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
)


@dataclass(frozen=True)
class Outcome:
    """What a gate found, and what it took on the clock and of the processors; a gate without tests is one check."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        """One line of the closing table."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        counts = f"{self.passed:6} passed, {self.failed} failed{skipped}"
        return f"{self.name:22}{counts}{self.seconds:12.1f} s{self.cpu:10.1f} s of CPU"


def pass_through(gate: Gate, report: Path) -> Outcome:
    """Run the gate; what it said is shown whole once it has ended, since some gates run at a time."""
    started = time.monotonic()
    command = (*gate.command, f"--junitxml={report}") if gate.runs_tests else gate.command
    with tempfile.TemporaryFile() as said:
        code, cpu = run(command, said)
        if code == -signal.SIGKILL:
            said.write(f"{gate.name} took over {TIME_LIMIT} s, or too much memory, and was ended.\n".encode())
        said.seek(0)
        print(f"\n--- {gate.name} ---\n{said.read().decode(errors='replace')}", end="", flush=True)
    passed, failed, skipped = read_counts(report) if gate.runs_tests else (int(code == 0), int(code != 0), 0)
    if code and not failed:  # nothing collected, or the run itself broke down
        failed = 1
    return Outcome(gate.name, passed, failed, skipped, time.monotonic() - started, cpu)


def run(command: Sequence[str], said: IO[bytes]) -> tuple[int, float]:
    """The code a command ends with, and the seconds of CPU that it and all it started have used."""
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT)
    limit = Timer(TIME_LIMIT, process.kill)
    limit.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        limit.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def read_counts(report: Path) -> tuple[int, int, int]:
    """Tests passed, failed and skipped, as pytest reported them; none when it did not get that far."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).iter("testsuite"))  # noqa: S314 -- written by our own run just now
    total, skipped = (sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "skipped"))
    failed = sum(int(suite.get(name, 0)) for suite in suites for name in ("failures", "errors"))
    return total - failed - skipped, failed, skipped


def run_side_by_side(gates: Sequence[Gate], folder: Path) -> list[Outcome]:
    """Run some gates at a time in their order, the next one as soon as there is room."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(lambda gate: pass_through(gate, folder / f"{gate.name}.xml"), gates))


def main() -> int:
    """Run the gates in order, all of them even when one fails, and sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the gates that need no browser or server")
    quick: bool = parser.parse_args().quick
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        wanted = [gate for gate in GATES if gate.is_quick or not quick]
        outcomes = run_side_by_side(wanted, Path(folder))
    print("\n" + "\n".join(map(str, outcomes)) + "\n")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed + outcome.skipped for outcome in outcomes)
    cpu = sum(outcome.cpu for outcome in outcomes)
    print(f"All in {time.monotonic() - started:.0f} s, {cpu:.0f} s of CPU\n\n{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
