"""The lock files pin everything and name no place to fetch it from."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.txt"))
REQUIREMENT = re.compile(
    r"[a-z0-9][a-z0-9.-]*(\[[a-z,-]+\])?==[^\s\\]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+"
)
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[.*\])?==(\S+)", re.MULTILINE)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_python_lock_pins_every_requirement_with_hashes_and_nothing_else(lock: Path) -> None:
    text = "\n".join(line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")) + "\n"
    assert REQUIREMENT.sub("", text).strip() == ""
    assert REQUIREMENT.search(text)


def test_python_locks_agree_on_every_version() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9.-]+)(?:\[.*\])?==(\S+)", lock.read_text(), re.MULTILINE)) for lock in PYTHON_LOCKS
    ]
    names = {name for lock in pins for name in lock}
    assert {name for name in names if len({lock[name] for lock in pins if name in lock}) > 1} == set()


def test_tests_install_all_that_production_installs() -> None:
    names = ("requirements.txt", "requirements-test.txt")
    production, tests = (set(PIN.findall((ROOT / name).read_text())) for name in names)
    assert production - tests == set()


def test_npm_lock_has_a_digest_for_every_package_and_no_address() -> None:
    packages: dict[str, dict[str, Any]] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert {name for name, package in packages.items() if not package["integrity"].startswith("sha512-")} == set()
    assert {name for name, package in packages.items() if "resolved" in package} == set()
