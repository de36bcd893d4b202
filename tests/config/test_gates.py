"""The gates count honestly."""

import sys
from pathlib import Path

import pytest

from config.gates import Gate, Outcome, pass_through, read_counts

pytestmark = pytest.mark.pure


def outcome_of(gate: Gate, folder: Path) -> tuple[int, int, int]:
    outcome = pass_through(gate, folder / "report.xml")
    return outcome.passed, outcome.failed, outcome.skipped


@pytest.mark.parametrize(("code", "counts"), [(0, (1, 0, 0)), (3, (0, 1, 0))])
def test_check_counts_as_one(code: int, counts: tuple[int, int, int], tmp_path: Path) -> None:
    gate = Gate("Check", (sys.executable, "-c", f"raise SystemExit({code})"))
    assert outcome_of(gate, tmp_path) == counts


def test_run_that_breaks_down_before_it_reports_has_failed(tmp_path: Path) -> None:
    gate = Gate("Tests", (sys.executable, "-c", "raise SystemExit(4)"), runs_tests=True)
    assert outcome_of(gate, tmp_path) == (0, 1, 0)


def test_report_is_read_whole(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>')
    assert read_counts(report) == (3, 3, 3)


def test_skipped_tests_show_in_the_closing_table() -> None:
    line = str(Outcome("Journeys", passed=4, failed=0, skipped=2, seconds=1.5))
    assert line.split("  ", maxsplit=1)[0] == "Journeys"
    assert "4 passed, 0 failed, 2 skipped" in line
