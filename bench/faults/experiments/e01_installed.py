"""The locked packages are installed twice, once from what this machine keeps and once fetched anew, and compared."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from config.supply.bill import LOCK, write_bill
from config.supply.looking import ROOT, TOOLS, read_pins

UV = ROOT / ".tools" / "bin" / "uv"
# Written at each installation: where from, by what, and digests of what is compared here itself.
OF_THE_DAY = ("RECORD", "INSTALLER", "REQUESTED", "uv_cache.json", "uv_build.json")
UNLISTED = "iniconfig==2.0.0\n"
FORGED = f"idna==3.10 --hash=sha256:{'0' * 64}\n"


@experiment(
    "E1",
    does="the lock installed twice into empty folders, wheels only, by digests; then with a package it does not list",
    holds="the same bytes; what has no digest, or another one, is refused; every pin stands in the bill of materials",
    goal="the same tree; 2 of 2 refused; 0 missing from the bill",
    amounts={"nightly": 1, "release": 1},
    limit=1200,
    needs_house=False,
)
def run(lab: Lab) -> Outcome:
    """Once."""
    if not (UV.exists() and TOOLS.exists()):
        return Outcome("not run: uv and the tools of supply are not there (make setup, make supply)", passed=False)
    kept, anew = lab.folder / "kept", lab.folder / "anew"
    problems = [*_installed(LOCK, kept), *_installed(LOCK, anew, "--no-cache")]
    first, second = _tree(kept), _tree(anew)
    problems += [
        f"{name} differs" for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)
    ]
    lock = LOCK.read_text()
    for number, (name, text) in enumerate((("a package without a digest", lock + UNLISTED), ("a digest", FORGED))):
        changed = lab.folder / f"changed-{number}.txt"
        changed.write_text(text)
        refused = _installed(changed, lab.folder / f"refused-{number}")
        problems += [] if refused else [f"{name} that the lock does not hold was installed"]
    bill = write_bill()
    pins, digest = len(read_pins(lock)), sha256(repr(sorted(first.items())).encode()).hexdigest()
    figure = f"{pins} packages, {len(first):,} files, tree {digest[:16]} both times; bill of materials: {bill.said}"
    return Outcome(
        figure, not problems and not bill.problems and bool(first), problems=(*problems[:10], *bill.problems)
    )


def _installed(lock: Path, target: Path, *options: str) -> list[str]:
    """What uv said where it did not install."""
    flags = ("--quiet", "--require-hashes", "--only-binary", ":all:", "--link-mode", "copy", "--no-compile-bytecode")
    where = ("--python", sys.executable, "--target", target, "--requirement", lock)
    environment = os.environ | {"UV_SYSTEM_CERTS": "true", "UV_PYTHON_DOWNLOADS": "never"}
    command: list[str | Path] = [UV, "pip", "install", *flags, *options, *where]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return [done.stderr[-300:]] if done.returncode else []


def _tree(folder: Path) -> dict[str, str]:
    """The digest of each file by its path."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name not in OF_THE_DAY)
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in files}
