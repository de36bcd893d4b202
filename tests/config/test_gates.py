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
    line = str(Outcome("Journeys", passed=4, failed=0, skipped=2, seconds=1.5, cpu=0.5))
    assert line.split("  ", maxsplit=1)[0] == "Journeys"
    assert "4 passed, 0 failed, 2 skipped" in line


def test_what_a_gate_starts_counts_as_its_cpu(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert 0.3 <= pass_through(Gate("Check", (sys.executable, "-c", starts)), tmp_path / "none.xml").cpu < 3


def test_a_gate_without_end_is_ended_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("config.gates.TIME_LIMIT", 0.1)
    gate = Gate("Check", (sys.executable, "-c", "import time; time.sleep(60)"))
    assert outcome_of(gate, tmp_path) == (0, 1, 0)
    assert "Check took over 0.1 s" in capsys.readouterr().out


def test_two_gates_run_at_a_time_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.gates.TIME_LIMIT", 60)

    def gate(name: str, waits: str) -> Gate:
        """Begins, and ends when the other file is there: alone, or in another order, it would have no end."""
        wait = f"import pathlib, time\npathlib.Path({str(tmp_path)!r}, {name!r}).touch()\n"
        wait += f"while not pathlib.Path({str(tmp_path)!r}, {waits!r}).exists(): time.sleep(0.01)"
        return Gate(name, (sys.executable, "-c", wait))

    gates = [gate("a", "c"), gate("b", "a"), gate("c", "b")]
    outcomes = run_side_by_side(gates, tmp_path)
    assert [(outcome.name, outcome.passed) for outcome in outcomes] == [("a", 1), ("b", 1), ("c", 1)]
