"""The operator's handbook tells every setting the product reads, and which of them are secrets."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands
from pydantic import SecretStr
from ruamel.yaml import YAML

from config.env import Environment
from tests.builders import ROOT

HANDBOOK = ROOT / "docs" / "operating" / "README.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([a-z, ]+) \| .+ \|$", re.MULTILINE)

COMPOSE = re.compile(r"docker compose ((?:-f \S+ )*[a-z]+ [^`\n]+)")
# What the papers use of Compose: for each verb its options, and whether a value follows.
OPTIONS = {
    "up": {
        "-d": False,
        "--wait": False,
        "--no-deps": False,
        "--no-recreate": False,
        "--force-recreate": False,
        "--scale": True,
    },
    "run": {"--rm": False, "--no-deps": False, "--entrypoint": True, "--user": True, "--cap-add": True, "-v": True},
    "exec": {"-u": True, "-T": False},
    "rm": {"--stop": False, "--force": False},
    "stop": {},
    "ps": {},
}

pytestmark = pytest.mark.pure


def test_the_handbook_tells_every_setting_and_which_are_required_and_secret() -> None:
    fields = Environment.model_fields.items()
    wanted = [
        (
            name.upper(),
            ("required" if field.is_required() else "optional") + ", secret" * (field.annotation is SecretStr),
        )
        for name, field in fields
    ]
    assert ROW.findall(HANDBOOK.read_text()) == wanted


def test_pages_the_handbook_sends_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", HANDBOOK.read_text())
    assert links
    assert [link for link in links if not (HANDBOOK.parent / link).exists()] == []


def lines_for_compose() -> list[list[str]]:
    """Every line for Compose in the operators' papers, as a shell would divide it."""
    papers = [path.read_text().replace("\\\n", "") for path in sorted(HANDBOOK.parent.glob("*.md"))]
    found = [shlex.split(line) for text in papers for line in COMPOSE.findall(text)]
    return [line[2 * line.count("-f") :] for line in found]


def divided(line: list[str]) -> tuple[str, list[str], list[str]]:
    """The verb, its options, and what stands behind them."""
    verb, rest, options = line[0], line[1:], list[str]()
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        options.append(option)
        if OPTIONS[verb].get(option) and rest:
            rest.pop(0)
    return verb, options, rest


def test_lines_for_compose_name_services_options_and_commands_that_are_there() -> None:
    services = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
    known, lines = get_commands(), [divided(line) for line in lines_for_compose()]
    assert len(lines) > 20
    for verb, options, rest in lines:
        assert set(options) <= OPTIONS[verb].keys(), (verb, options)
        named = rest[:1] if verb in {"run", "exec"} else rest
        assert set(named) <= services.keys(), (verb, rest)
        if rest[1:3] == ["python", "manage.py"] and rest[3:] and rest[3] != "…":
            assert rest[3] in known, rest


def test_scripts_that_lines_for_compose_start_are_in_the_service() -> None:
    services = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
    started = [rest for _, _, rest in map(divided, lines_for_compose()) if any("/etc/survey/" in word for word in rest)]
    assert {Path(word).name for rest in started for word in rest if word.endswith(".sh")} == {"copy.sh", "back.sh"}
    for service, *words in started:
        folders = dict(reversed(each.split(":")[:2]) for each in services[service]["volumes"] if each.startswith("./"))
        for word in (each for each in words if each.startswith("/etc/survey/")):
            here = next(there + word.removeprefix(place) for place, there in folders.items() if word.startswith(place))
            assert (ROOT / here).exists(), word


def test_nothing_is_started_beside_a_database_that_is_to_be_restored_into() -> None:
    text = (HANDBOOK.parent / "backup-and-restore.md").read_text()
    steps = text.partition("## Restore after the database was lost")[2].partition("Without Compose")[0]
    starting = [divided(shlex.split(line)) for line in COMPOSE.findall(steps)]
    before = [each for each in starting if each[0] in {"up", "run"}][:2]
    assert [("--no-deps" in options, rest[0]) for _, options, rest in before] == [(True, "database"), (True, "backups")]
    assert before[1][2][1:] == ["python", "manage.py", "restore"]
