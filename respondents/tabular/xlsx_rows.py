"""Workbooks are read by another process, with limits on memory, processor time, wall time and what it may write."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from respondents.tabular.lines import FileRefused, Record, problem_at, refused

MAX_BYTES = 25_000_000
WALL_SECONDS = 90
_CHILD = Path(__file__).with_name("xlsx_child.py")


def read_sheets(content: bytes) -> list[tuple[str, list[Record]]]:
    """The name of each sheet that holds something, and its rows; FileRefused with the reason otherwise."""
    if len(content) > MAX_BYTES:
        raise refused(f"The workbook is larger than {MAX_BYTES // 1_000_000} MB", "Save it as CSV, or split it")
    said = _run(content)
    if "problem" in said:
        found = said["problem"]
        raise FileRefused([problem_at("F006", found["place"], found["line"], found["message"], found["hint"])])
    return [(sheet["name"], _padded(sheet["rows"])) for sheet in said["sheets"]]


def _run(content: bytes) -> dict[str, Any]:
    """What the child says. One that was stopped by its limits has said nothing; one that failed otherwise is a bug."""
    too_much = refused("The workbook takes too much time or memory to read", "Save it as CSV, or split it")
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, with nothing of the environment
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise too_much from None
    if done.returncode < 0:
        raise too_much
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _padded(rows: list[tuple[int, list[str]]]) -> list[Record]:
    """Rows end where their last cell does; short ones are filled to the width of the first."""
    width = len(rows[0][1])
    return [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows]
