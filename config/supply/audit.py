"""Known vulnerabilities of the locked Python packages; where no service answers, the result is a failure."""

import json
from typing import Any

from config.supply.looking import ROOT, TOOLS, Look, NotLookedError, Pin, last_words, normal, read_pins, run

LOCK = ROOT / "requirements.txt"
FLAGS = ("--strict", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")


def audit() -> Look:
    """Ask about every package of the lock."""
    done = run(TOOLS / "pip-audit", "--requirement", LOCK, *FLAGS)
    return judge(done.returncode, done.stdout, done.stderr, pins=read_pins(LOCK.read_text()))


def judge(code: int, answer: str, said: str, *, pins: tuple[Pin, ...]) -> Look:
    """What the auditor's answer is worth: every package that is always installed must have been looked up."""
    try:
        rows: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise NotLookedError(f"not audited: {last_words(said)}") from None
    looked_up = {normal(row["name"]) for row in rows if "vulns" in row and "skip_reason" not in row}
    silent = sorted({pin.name for pin in pins if not pin.is_conditional} - looked_up)
    if silent or not pins:
        raise NotLookedError(f"not audited: no answer about {', '.join(silent[:5]) or 'any package'}")
    problems = tuple(
        f"{row['name']} {row['version']} has {flaw['id']}; mended in {', '.join(flaw['fix_versions']) or 'no version'}"
        for row in rows
        for flaw in row.get("vulns", ())
    )
    if code and not problems:
        raise NotLookedError(f"not audited: {last_words(said)}")
    return Look(f"{len(looked_up)} packages asked about", problems)
