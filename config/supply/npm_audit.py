"""Known vulnerabilities of the locked npm packages; where no service answers, the result is a failure."""

import json
from typing import Any

from config.bootstrap import find_node
from config.supply.looking import ROOT, Look, NotLookedError, last_words, run

LOCK = ROOT / "package-lock.json"


def audit_npm() -> Look:
    """Ask about every package of npm's lock."""
    done = run(*find_node(), "audit", "--package-lock-only", "--json")
    return judge(done.stdout, locked=len(json.loads(LOCK.read_text())["packages"]) - 1)


def judge(answer: str, *, locked: int) -> Look:
    """What the answer is worth: it must be about as many packages as are locked."""
    try:
        said: dict[str, Any] = json.loads(answer)
        asked = int(said["metadata"]["dependencies"]["total"])
        found: dict[str, dict[str, Any]] = said["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        raise NotLookedError(f"not audited: {_why(answer)}") from None
    if not locked or asked < locked:
        raise NotLookedError(f"not audited: {asked} of {locked} packages were asked about")
    problems = tuple(
        f"{name} {flaw['range']} is known to be vulnerable, {flaw['severity']}" for name, flaw in sorted(found.items())
    )
    return Look(f"{asked} packages asked about", problems)


def _why(answer: str) -> str:
    try:
        return last_words(str(json.loads(answer)["message"]))
    except (ValueError, KeyError, TypeError):
        return "npm gave no answer"
