"""What every look shares: running a tool, reading the lock, and what was found."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools" / "supply" / "bin"  # apart from the product, which needs none of them
LIMIT = 600
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s\\;]+)( ;)?", re.MULTILINE)


class NotLookedError(Exception):
    """A look that could not be had; it is told as a failure, never as a clean result."""


@dataclass(frozen=True)
class Look:
    """What a look says when all is well, and one sentence for each thing that is not."""

    said: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pin:
    """A locked package; one with a condition may be absent from this machine."""

    name: str
    version: str
    is_conditional: bool


def read_pins(lock: str) -> tuple[Pin, ...]:
    """The packages of a lock file's text, under their normal names."""
    return tuple(Pin(normal(name), version, bool(condition)) for name, version, condition in PIN.findall(lock))


def normal(name: str) -> str:
    """A Python package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def run(
    *command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a tool to its end; one that is missing or does not end has not looked."""
    try:
        return subprocess.run(  # noqa: S603 -- our own commands
            command, cwd=cwd, env=env, capture_output=True, text=True, errors="replace", timeout=LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotLookedError(f"{Path(command[0]).name} could not be run: {type(error).__name__}") from error


def last_words(said: str) -> str:
    """The last line a tool said, short enough for a table."""
    lines: Iterable[str] = (line.strip() for line in reversed(said.splitlines()))
    return next((line[:200] for line in lines if line), "it said nothing")
