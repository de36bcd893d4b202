"""Every gate a change must pass, quick ones first: `python -m config.gates`, or `--quick` for those that take seconds.

The last line says how many checks and tests passed and failed. A skipped test counts as failed, for it was not asked.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q")
TWO_LANES = ("--numprocesses", "2", "--dist", "loadfile")
ON_BOTH = (*TWO_LANES, "-m", "not pure and not journey and not production")
TIME_LIMIT = 900
AT_A_TIME = 2  # each in two lanes: browsers, servers, databases and workers wait for each other half the time


@dataclass(frozen=True)
class Gate:
    """A command that must end with 0; one that runs tests also counts them."""

    name: str
    command: tuple[str, ...]
    runs_tests: bool = False
    is_quick: bool = True
    is_long: bool = False  # begun with the first, so that the others fill the time it takes


GATES = (
    Gate("Lint", (PYTHON, "-m", "ruff", "check", ".")),
    Gate("Format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    Gate("Templates", (PYTHON, "-m", "djlint", "--lint", "--quiet", ".")),
    Gate("Types", (PYTHON, "-m", "mypy", ".")),
    Gate("Pure tests", (*PYTEST, *TWO_LANES, "-m", "pure"), runs_tests=True),
    Gate("Tests on SQLite", (*PYTEST, *ON_BOTH), runs_tests=True),
    Gate("Tests on PostgreSQL", (PYTHON, "-m", "tests.postgres", *PYTEST, *ON_BOTH), runs_tests=True, is_quick=False),
    Gate("Production shape", (*PYTEST, "-m", "production", "tests/config"), runs_tests=True, is_quick=False),
    Gate(
        "Journeys",
        (*PYTEST, *TWO_LANES, "-m", "journey", "tests/journeys"),
        runs_tests=True,
        is_quick=False,
        is_long=True,
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What a gate found; a gate without tests is one check."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float

    def __str__(self) -> str:
        """One line of the closing table."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.name:22}{self.passed:6} passed, {self.failed} failed{skipped}{self.seconds:12.1f} s"


def pass_through(gate: Gate, report: Path) -> Outcome:
    """Run the gate; what it said is shown whole once it has ended, since two gates may run at a time."""
    started = time.monotonic()
    command = (*gate.command, f"--junitxml={report}") if gate.runs_tests else gate.command
    try:
        done = subprocess.run(
            command, cwd=ROOT, check=False, timeout=TIME_LIMIT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        said, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as ended:
        said, code = (ended.stdout or b"") + f"{gate.name} took over {TIME_LIMIT} s and was ended.\n".encode(), 1
    print(f"\n--- {gate.name} ---\n{said.decode(errors='replace')}", end="", flush=True)
    passed, failed, skipped = read_counts(report) if gate.runs_tests else (int(code == 0), int(code != 0), 0)
    if code and not failed:  # nothing collected, or the run itself broke down
        failed = 1
    return Outcome(gate.name, passed, failed, skipped, time.monotonic() - started)


def read_counts(report: Path) -> tuple[int, int, int]:
    """Tests passed, failed and skipped, as pytest reported them; none when it did not get that far."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).iter("testsuite"))  # noqa: S314 -- written by our own run just now
    total, skipped = (sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "skipped"))
    failed = sum(int(suite.get(name, 0)) for suite in suites for name in ("failures", "errors"))
    return total - failed - skipped, failed, skipped


def run_side_by_side(gates: Sequence[Gate], folder: Path) -> list[Outcome]:
    """Run two gates at a time, the next one as soon as there is room; outcomes come in the order of the gates."""
    in_turn = sorted(gates, key=lambda gate: not gate.is_long)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        begun = {gate.name: pool.submit(pass_through, gate, folder / f"{gate.name}.xml") for gate in in_turn}
        return [begun[gate.name].result() for gate in gates]


def main() -> int:
    """Run the gates in order, all of them even when one fails, and sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the gates that take seconds")
    quick: bool = parser.parse_args().quick
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        wanted = [gate for gate in GATES if gate.is_quick or not quick]
        outcomes = run_side_by_side(wanted, Path(folder))
    print("\n" + "\n".join(map(str, outcomes)) + "\n")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed + outcome.skipped for outcome in outcomes)
    print(f"All in {time.monotonic() - started:.0f} s\n\n{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
