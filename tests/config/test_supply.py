"""What is looked at before a release fails when it finds something, and fails when it could not look."""

import hashlib
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.supply import audit, bill, freshness, history, licences, npm_audit
from config.supply.__main__ import main
from config.supply.looking import Look, NotLookedError, read_pins, run
from tests.builders import ROOT

pytestmark = pytest.mark.pure

PINS = read_pins('django==5.2.10 \\\n    --hash=sha256:0\ncolorama==0.4.6 ; sys_platform == "win32" \\\n')
CLEAN = {"name": "Django", "version": "5.2.10", "vulns": []}
FLAWED = {**CLEAN, "vulns": [{"id": "CVE-2026-1", "fix_versions": ["5.2.11"]}]}
SKIPPED = {"name": "django", "skip_reason": "not found on PyPI and could not be audited: django (5.2.10)"}


def answer(*rows: dict[str, Any]) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


def test_make_supply_looks_with_a_python_that_has_what_the_looks_import() -> None:
    recipe = subprocess.run(("make", "--dry-run", "supply"), cwd=ROOT, capture_output=True, text=True, check=True)
    python, *module = recipe.stdout.splitlines()[-1].removeprefix("exec ").split()
    asked = "import importlib.util, sys; importlib.import_module(sys.argv[1] + '.__main__')"

    assert module == ["-m", "config.supply"]
    assert subprocess.run((ROOT / python, "-c", asked, module[1]), cwd=ROOT, check=False).returncode == 0


def test_an_audit_without_findings_says_how_much_it_asked() -> None:
    assert audit.judge(0, answer(CLEAN), "", pins=PINS) == Look("1 packages asked about")


def test_an_audit_names_what_is_vulnerable_and_what_mends_it() -> None:
    found = audit.judge(1, answer(FLAWED), "", pins=PINS)

    assert found.problems == ("Django 5.2.10 has CVE-2026-1; mended in 5.2.11",)


@pytest.mark.parametrize(
    ("code", "said", "error"),
    [
        (1, "", "ERROR:pip_audit._cli:Dependency not found on PyPI and could not be audited: amqp"),
        (0, answer(SKIPPED), "No known vulnerabilities found"),
        (0, answer(), "No known vulnerabilities found"),
        (1, answer(CLEAN), "the service did not answer"),
        (0, "{}", ""),
    ],
)
def test_an_audit_that_could_not_look_is_never_clean(code: int, said: str, error: str) -> None:
    with pytest.raises(NotLookedError, match="not audited: "):
        audit.judge(code, said, error, pins=PINS)


def told_by_npm(total: int, **found: dict[str, str]) -> str:
    return json.dumps({"metadata": {"dependencies": {"total": total}}, "vulnerabilities": found})


def test_npm_s_auditor_names_what_is_vulnerable_and_has_asked_about_all() -> None:
    flaw = {"range": "<1.2", "severity": "high"}

    assert npm_audit.judge(told_by_npm(3), locked=3) == Look("3 packages asked about")
    assert npm_audit.judge(told_by_npm(3, sass=flaw), locked=3).problems == (
        "sass <1.2 is known to be vulnerable, high",
    )


@pytest.mark.parametrize("answer", ["", "[]", '{"message": "405 Method Not Allowed"}', told_by_npm(2), told_by_npm(0)])
def test_npm_s_auditor_that_could_not_look_is_never_clean(answer: str) -> None:
    with pytest.raises(NotLookedError, match="not audited: "):
        npm_audit.judge(answer, locked=3)


def test_an_auditor_that_is_not_there_has_not_looked(tmp_path: Path) -> None:
    with pytest.raises(NotLookedError, match="pip-audit could not be run"):
        run(tmp_path / "pip-audit")


def test_freshness_fails_where_the_index_cannot_be_reached(tmp_path: Path) -> None:
    alone = {**os.environ, "UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path)}

    with pytest.raises(NotLookedError, match="not looked: "):
        freshness.look_at_freshness(now=datetime(2026, 1, 1, tzinfo=UTC), env=alone)


def test_freshness_counts_the_days_since_something_newer_came() -> None:
    pins = {"django": "5.2.9", "pillow": "12.0"}
    rungs = {0: {"django": "5.2.11", "pillow": "12.1"}, 5: {"django": "5.2.10", "pillow": "12.0"}}

    found = freshness.judge(pins, rungs)

    assert found.problems == ("django 5.2.9 has been behind 5.2.11 for 5 days or more",)
    assert found.said == "2 packages compared, 2 behind, 1 for too long"


def test_freshness_stays_within_the_series() -> None:
    assert [freshness.end_of_series(*pin) for pin in (("django", "5.2.19"), ("weasyprint", "70.0"))] == ["5.3", "71"]


@pytest.mark.parametrize(
    ("licence", "problem"),
    [
        ("Commons Clause", "django is under “Commons Clause”, which nobody has reviewed"),
        ("", "django says no licence"),
        ("MIT", None),
    ],
)
def test_a_licence_that_nobody_has_reviewed_is_told(licence: str, problem: str | None) -> None:
    reviewed = {"licences": {"MIT": "permissive"}, "elsewhere": {"colorama": "MIT"}}

    found = licences.judge(PINS, {"django": licence}, {"": {}}, reviewed=reviewed)

    assert found.problems == (() if problem is None else (problem,))


def test_every_npm_package_has_a_reviewed_licence_and_stands_in_the_bill_with_its_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    reviewed = json.loads(licences.REVIEWED.read_text())

    assert licences.judge((), {}, packages, reviewed=reviewed).problems == ()
    parts = bill.list_npm(packages)
    assert len(parts) == len(packages) - 1
    assert {len(part["hashes"][0]["content"]) for part in parts} == {128}
    assert "pkg:npm/%40fontsource/source-sans-3@5.3.0" in {part["purl"] for part in parts}


def git(folder: Path, *command: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *who, *command), cwd=folder, check=True, capture_output=True)


def test_a_secret_that_was_taken_back_is_still_searched(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    for text in ("key = 'planted'\n++ b/odd\n", "nothing\n"):
        (tmp_path / "settings.py").write_text(text)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "-m", "A change")

    assert list(history.read_lines(tmp_path)["settings.py"]) == ["nothing", "key = 'planted'", "++ b/odd"]


def test_a_history_cut_short_is_not_searched(tmp_path: Path) -> None:
    with pytest.raises(NotLookedError, match="not searched: "):
        history.read_lines(tmp_path)


def test_a_finding_is_told_unless_it_was_reviewed_and_is_never_repeated() -> None:
    results = {"a.py": [{"type": "Secret Keyword", "hashed_secret": "0f"}], "b.py": []}

    assert history.judge(results, {}, files=2).problems == ("Secret Keyword in a.py (digest 0f)",)
    assert history.judge(results, {"0f a.py": "invented"}, files=2).problems == ()
    assert history.judge(results, {"0f b.py": "elsewhere"}, files=2).problems != ()


def test_all_looks_are_taken_and_one_that_could_not_be_had_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    def blind() -> Look:
        raise NotLookedError("not audited: no network")

    code = main({"Vulnerabilities": blind, "Licences": lambda: Look("all reviewed")})

    said = capsys.readouterr().out
    assert code == 1
    assert "    not audited: no network\n" in said
    assert said.endswith("1 passed, 1 failed\n")


def test_a_package_that_is_not_the_locked_one_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    digests = [hashlib.sha256(wheel.read_bytes()).hexdigest(), "0" * 64]

    assert [install(digest, tmp_path / digest[:4]) for digest in digests] == [["tiny-1.0.dist-info", "tiny.py"], []]


def install(digest: str, target: Path) -> list[str]:
    lock = target.with_suffix(".txt")
    lock.write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    flags = ("--no-index", "--find-links", target.parent, "--require-hashes", "--no-cache", "--offline")
    command = (freshness.UV, "pip", "install", "--quiet", *flags, "--target", target, "-r", lock)
    subprocess.run(command, check=False, capture_output=True)
    return sorted(path.name for path in target.glob("tiny*"))
