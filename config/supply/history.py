"""Secrets in any line that was ever written to a file, in all the history that leads here."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from config.supply.looking import ROOT, TOOLS, Look, NotLookedError, last_words, run

REVIEWED = Path(__file__).with_name("secrets.json")
LOCKS = (":!package-lock.json", ":!requirements*.txt", ":!config/supply/secrets.json")  # digests, and no more
PATCHES = (
    "log",
    "-p",
    "-m",
    "--unified=0",
    "--no-color",
    "--no-textconv",
    "--no-ext-diff",
    "--no-renames",
    "--format=",
)


def look_for_secrets(*, repository: Path = ROOT, reviewed: Path = REVIEWED) -> Look:
    """Lay every line ever added under its file's name in a folder, and search that folder."""
    lines = read_lines(repository)
    with tempfile.TemporaryDirectory() as folder:
        for path, added in lines.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("\n".join(added))
        done = run(TOOLS / "detect-secrets", "scan", "--all-files", "--no-verify", cwd=Path(folder))
    if done.returncode:
        raise NotLookedError(f"not searched: {last_words(done.stderr)}")
    return judge(json.loads(done.stdout)["results"], json.loads(reviewed.read_text()), files=len(lines))


def read_lines(repository: Path) -> dict[str, dict[str, None]]:
    """Every different line that was added to each path, at any time; a history cut short is refused."""
    shallow = run("git", "rev-parse", "--is-shallow-repository", cwd=repository)
    if shallow.stdout.strip() != "false":
        raise NotLookedError("not searched: the whole history is not here (git fetch --unshallow)")
    done = run("git", *PATCHES, "HEAD", "--", ".", *LOCKS, cwd=repository)
    if done.returncode:
        raise NotLookedError(f"not searched: {last_words(done.stderr)}")
    return sort_lines(done.stdout.split("\n"))


def sort_lines(patch: Iterable[str]) -> dict[str, dict[str, None]]:
    """The added lines of a patch without context, by path."""
    found: dict[str, dict[str, None]] = {}
    path, in_header = "", False
    for line in patch:
        if line.startswith("diff --git "):
            path, in_header = "", True
        elif line.startswith("@@"):
            in_header = False
        elif in_header and line.startswith("+++ b/"):
            path = line.removeprefix("+++ b/").rstrip("\t")
        elif not in_header and line.startswith("+") and path:
            found.setdefault(path, {})[line[1:]] = None
    return found


def judge(results: Mapping[str, list[dict[str, Any]]], reviewed: Mapping[str, str], *, files: int) -> Look:
    """What was found and is in nobody's reviewed list, told by its digest and never by itself."""
    found = {
        f"{row['hashed_secret']} {path}": str(row["type"]) for path, rows in sorted(results.items()) for row in rows
    }
    problems = tuple(
        f"{kind} in {key.partition(' ')[2]} (digest {key.partition(' ')[0]})"
        for key, kind in found.items()
        if key not in reviewed
    )
    return Look(f"{files} files through all history, {len(found) - len(problems)} reviewed findings", problems)
