"""How long the index has had newer versions, in the same series, of the packages that face strangers."""

import re
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from config.supply.looking import ROOT, Look, NotLookedError, last_words, normal, read_pins, run

UV = ROOT / ".tools" / "bin" / "uv"
FLAGS = ("--no-deps", "--no-header", "--no-annotate", "--quiet", "--no-emit-index-url", "--python-version", "3.11")
SECURITY_SET = (
    "celery",
    "cryptography",
    "django",
    "django-allauth",
    "fido2",
    "gunicorn",
    "kombu",
    "lxml",
    "openpyxl",
    "pillow",
    "psycopg",
    "redis",
    "weasyprint",
)
SERIES_PARTS = {"django": 2}  # Django mends its security in 5.2.x; the others in the newest of their major version
LADDER = (0, 1, 2, 5, 10, 30, 90)  # days back
PATIENCE = 5  # days


def look_at_freshness(*, now: datetime, env: Mapping[str, str] | None = None) -> Look:
    """Compare each pin with what the index had on each rung of the ladder."""
    pins = {pin.name: pin.version for pin in read_pins((ROOT / "requirements.txt").read_text())}
    missing = set(SECURITY_SET) - set(pins)
    if missing:
        raise NotLookedError(f"not looked: the lock has no {', '.join(sorted(missing))}")
    wanted = {name: pins[name] for name in SECURITY_SET}
    rungs = {days: newest(wanted, before=now - timedelta(days=days), env=env) for days in LADDER}
    return judge(wanted, rungs)


def newest(pins: Mapping[str, str], *, before: datetime, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The newest version of each series that the index had at that time."""
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write("\n".join(f"{name}<{end_of_series(name, version)}" for name, version in pins.items()))
        wanted.flush()
        done = run(UV, "pip", "compile", Path(wanted.name), *FLAGS, "--exclude-newer", before.isoformat(), env=env)
    found = {pin.name: pin.version for pin in read_pins(done.stdout)}
    if done.returncode or set(found) != {normal(name) for name in pins}:
        raise NotLookedError(f"not looked: {last_words(done.stderr)}")
    return found


def end_of_series(name: str, version: str) -> str:
    """The first version that is no longer of the pin's series."""
    *kept, last = numbers(version)[: SERIES_PARTS.get(name, 1)]
    return ".".join(map(str, (*kept, last + 1)))


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 5.2.10 is newer than 5.2.9."""
    return tuple(map(int, re.findall(r"\d+", version)))


def judge(pins: Mapping[str, str], rungs: Mapping[int, Mapping[str, str]]) -> Look:
    """Behind is a pin for as many days as the index has had something newer."""
    behind: dict[str, int] = {}
    for days, versions in sorted(rungs.items()):
        behind |= {name: days for name, pin in pins.items() if numbers(versions[name]) > numbers(pin)}
    late = tuple(
        f"{name} {pins[name]} has been behind {rungs[0][name]} for {days} days or more"
        for name, days in sorted(behind.items())
        if days >= PATIENCE
    )
    return Look(f"{len(pins)} packages compared, {len(behind)} behind, {len(late)} for too long", late)
