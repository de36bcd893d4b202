"""Secrets as files: what the script takes out of .env is what each service reads, and nobody is given more."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.builders import ROOT

OWN = {
    "SECRET_KEY": "of this test alone, and long enough to be one",
    "POSTGRES_PASSWORD": "super",
    "DATABASE_OWNER_PASSWORD": "one",
    "DATABASE_WEB_PASSWORD": "two",
    "DATABASE_WORKER_PASSWORD": "three",
}
SHOW = "from config.env import Environment as E; e = E(_env_file=None); print(*[s.get_secret_value() for s in ("
SHOW += "e.database_url, e.migration_database_url, e.role_passwords, e.secret_key)], sep='|')"
UNSET = re.compile(r"\$\{(\w+)(?::?-([^}]*)|[^}]*)\}")

pytestmark = pytest.mark.pure


def services(file: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(ROOT / file)["services"]
    return found


def written(folder: Path) -> Path:
    """The folder of files that the script makes of a .env."""
    env = folder / ".env"
    env.write_text("".join(f"{name}={value}\n" for name, value in {**OWN, "SITE_URL": "http://localhost"}.items()))
    told = os.environ | {"ENV_FILE": str(env), "SECRETS": str(folder / "secrets")}
    subprocess.run(["/bin/sh", ROOT / "config" / "secret_files.sh"], env=told, check=True, capture_output=True)
    return folder / "secrets"


def read_as(service: str, files: Path) -> list[str]:
    """What the service reads: its addresses, passwords and key."""
    told = services("docker-compose.yml")[service]["environment"]
    told |= services("docker-compose.secrets.yml")[service]["environment"]
    left = {name: UNSET.sub(lambda one: one[2] or "", value) for name, value in told.items()}
    here = {name: value.replace("/run/secrets", str(files)) for name, value in left.items()}
    own, command = {"PATH": os.environ["PATH"], **here}, [sys.executable, "-c", SHOW]
    done = subprocess.run(command, env=own, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")


def test_each_service_reads_its_own_from_files_that_the_script_made_of_the_environment(tmp_path: Path) -> None:
    files = written(tmp_path)
    at = "database:5432/survey"
    owner = f"postgresql://survey_owner:one@{at}"

    assert read_as("web", files) == [f"postgresql://survey_web:two@{at}", "", "", OWN["SECRET_KEY"]]
    assert read_as("bulk", files) == [f"postgresql://survey_worker:three@{at}", "", "", OWN["SECRET_KEY"]]
    assert read_as("backups", files)[:3] == [f"postgresql://survey_worker:three@{at}", owner, ""]
    assert read_as("migrate", files)[:3] == [f"postgresql://survey_web:two@{at}", owner, "web=two; worker=three"]
    assert not [value for value in OWN.values() if f"={value}\n" in (tmp_path / ".env").read_text()]
    assert {file.stat().st_mode & 0o777 for file in files.iterdir()} == {0o400}


def test_no_service_is_left_with_a_secret_in_its_environment_or_without_its_file() -> None:
    base, over = services("docker-compose.yml"), services("docker-compose.secrets.yml")
    kept = YAML(typ="safe").load(ROOT / "docker-compose.secrets.yml")["secrets"]
    for name, service in base.items():
        own = service.get("environment", {}) | over.get(name, {}).get("environment", {})
        assert [value for value in own.values() if ":?" in value] == [], name
        read = {value.rpartition("/")[2] for value in own.values() if value.startswith("/run/secrets/")}
        assert read == set(over.get(name, {}).get("secrets", ())), name
    assert {each["file"].rpartition("/")[2] for each in kept.values()} == kept.keys()
