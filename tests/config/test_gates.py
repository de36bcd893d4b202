"""The gates count honestly."""

import sys
from pathlib import Path

import pytest

from config.gates import Gate, Outcome, pass_through, read_counts, run_side_by_side

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


def test_two_gates_run_at_a_time_and_the_long_one_begins_with_the_first(tmp_path: Path) -> None:
    def gate(name: str, *, seconds: float, is_long: bool = False) -> Gate:
        noted = f"import time; open({str(tmp_path / 'begun')!r}, 'a').write('{name} '); time.sleep({seconds})"
        return Gate(name, (sys.executable, "-c", noted), is_long=is_long)

    gates = [
        gate("a", seconds=0.1),
        gate("b", seconds=0.1),
        gate("c", seconds=0),
        gate("long", seconds=2, is_long=True),
    ]
    outcomes = run_side_by_side(gates, tmp_path)
    begun = (tmp_path / "begun").read_text().split()
    assert [outcome.name for outcome in outcomes] == ["a", "b", "c", "long"]
    assert set(begun[:2]) == {"a", "long"}
