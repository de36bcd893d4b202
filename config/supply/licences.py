"""The licences of everything that is installed, each read by a person before it is taken."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.supply.looking import ROOT, TOOLS, Look, NotLookedError, Pin, last_words, normal, read_pins, run

REVIEWED = Path(__file__).with_name("licences.json")
PYTHON = ROOT / ".venv" / "bin" / "python"
Reviewed = Mapping[str, Mapping[str, str]]


def look_at_licences() -> Look:
    """Compare what packages say of themselves with the reviewed list."""
    done = run(TOOLS / "pip-licenses", "--with-system", "--python", PYTHON, "--format", "json", "--from", "mixed")
    if done.returncode:
        raise NotLookedError(f"not looked: {last_words(done.stderr)}")
    found = {normal(row["Name"]): row["License"] for row in json.loads(done.stdout)}
    npm: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pins = read_pins((ROOT / "requirements.txt").read_text())
    return judge(pins, found, npm, reviewed=json.loads(REVIEWED.read_text()))


def judge(pins: tuple[Pin, ...], found: Mapping[str, str], npm: Mapping[str, Any], *, reviewed: Reviewed) -> Look:
    """Each package of both locks has a reviewed licence, or is told."""
    known, elsewhere = reviewed["licences"], reviewed["elsewhere"]
    licences = {pin.name: found.get(pin.name, elsewhere.get(pin.name, "")) for pin in pins}
    licences |= {
        name.removeprefix("node_modules/"): str(package.get("license", "")) for name, package in npm.items() if name
    }
    problems = tuple(
        f"{name} is under “{licence}”, which nobody has reviewed" if licence else f"{name} says no licence"
        for name, licence in sorted(licences.items())
        if licence not in known
    )
    return Look(f"{len(licences)} packages under {len(set(licences.values()))} licences", problems)
