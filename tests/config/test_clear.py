"""In production what leaves the machine in the clear is told by a check, unless its host was named on purpose."""

import io
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from pydantic import ValidationError
from ruamel.yaml import YAML

from config.checks import problems
from config.env import Environment
from config.inside import is_here
from tests.builders import ROOT

pytestmark = pytest.mark.pure

PRODUCTION = {
    "site_url": "https://survey.example.gov.uk",
    "database_url": "postgresql://web:secret@db.example:5432/survey",
    "broker_url": "redis://bell.example:6379/0",
    "email_url": "smtp://me:secret@post.example",
    "traces_url": "http://collector:4318/v1/traces",
    "behind_proxy": "true",
    "trusted_proxies": "none",
}
PAPERS = {
    "inside_ca": "/inside/ca.pem",
    "inside_certificate": "/inside/certificate.pem",
    "inside_key": "/inside/key.pem",
}
UNSIGNED = dict.fromkeys(PAPERS, "") | {"behind_proxy": "false"}
NOTIFY = {"email_sender": "notify", "notify_api_key": "k" * 80, "notify_template_id": "t"}
STRICT = "?sslmode=verify-full&sslrootcert=/ca.pem"


def told(**changes: str) -> list[str]:
    """The settings that the check names."""
    found = problems(Environment(_env_file=None, **(PRODUCTION | changes)))  # type: ignore[arg-type]
    assert not [each for each in found if "secret" in f"{each.msg} {each.hint}"]
    return [each.msg.removesuffix(" in the clear.") for each in found]


def test_each_way_that_leaves_the_machine_in_the_clear_is_named() -> None:
    assert told() == [
        "DATABASE_URL leads to db.example",
        "BROKER_URL leads to bell.example",
        "EMAIL_URL leads to post.example",
        "TRACES_URL leads to collector",
        "BEHIND_PROXY leads to web",
    ]
    assert told(site_url="http://localhost:8000") == []


STARTS = {
    "web": "from config import gunicorn as g; g.on_starting(None); print('began')",
    "worker": "from celery import signals as s; from config import celery; s.worker_init.send(None); print('began')",
    "scheduler": "from celery import signals as s; from config import celery; s.beat_init.send(None); print('began')",
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_web_workers_and_scheduler_do_not_begin_while_something_leaves_in_the_clear(start: str) -> None:
    given = {**os.environ, "SITE_URL": "https://survey.example", "BROKER_URL": "redis://bell.example:6379/0"}
    given |= {"SECRET_KEY": "k" * 60, "DJANGO_SETTINGS_MODULE": "config.settings"}
    ran = subprocess.run(
        (sys.executable, "-c", start), cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, ""), ran.stderr
    assert "config.E001: BROKER_URL leads to bell.example in the clear. Protect it: " in ran.stderr


def test_what_is_protected_stays_here_or_was_named_on_purpose_is_not_told() -> None:
    safe = {
        "database_url": f"postgresql://web@db.example/survey{STRICT}",
        "broker_url": "rediss://bell.example/0",
        "email_url": "smtp+starttls://post.example",
        "traces_url": "https://collector/v1/traces",
    }
    here = {
        "database_url": "postgresql://web@%2Frun%2Fpostgresql/survey",
        "broker_url": "redis://127.0.0.1:6379/0",
        "email_url": "smtp://localhost",
        "traces_url": "http://[::1]:4318/v1/traces",
        "behind_proxy": "false",
    }
    assert told(**safe, **PAPERS) == told(**here) == []
    assert told(clear_hosts="db.example, bell.example,post.example,collector,web") == []
    assert told(**safe) == ["BEHIND_PROXY leads to web"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"database_url": "postgresql://web@db.example/survey?sslmode=require"}, "DATABASE_URL"),
        (UNSIGNED | {"database_url": "postgresql://web@localhost,db.example/survey"}, "DATABASE_URL"),
        ({"migration_database_url": "postgresql://owner@db.example/survey?sslmode=disable"}, "MIGRATION_DATABASE_URL"),
        ({"broker_url": "rediss://bell.example/0?ssl_cert_reqs=none"}, "BROKER_URL"),
        (NOTIFY | {"notify_url": "http://n.example"}, "NOTIFY_URL"),
    ],
)  # fmt: skip
def test_half_a_protection_counts_as_none(changes: dict[str, str], named: str) -> None:
    safe = PAPERS | {
        "database_url": f"postgresql://web@db.example/survey{STRICT}",
        "broker_url": "rediss://bell.example/0",
        "email_url": "smtps://post.example",
        "traces_url": "",
    }
    assert [each.partition(" ")[0] for each in told(**(safe | changes))] == [named]


def test_a_name_that_only_looks_like_loopback_is_elsewhere() -> None:
    assert [is_here(each) for each in ("127.0.0.1.example", "localhost.example", "10.0.0.1", "::2")] == [False] * 4


def test_half_a_certificate_stops_the_start() -> None:
    for name in ("inside_key", "inside_certificate"):
        with pytest.raises(ValidationError, match="go together"):
            Environment(_env_file=None, **{name: "/key.pem"})  # type: ignore[arg-type]


def test_compose_names_its_own_services_and_no_other_host_and_all_but_mail_go_by_tls_with_the_second_file() -> None:
    read = YAML(typ="safe").load
    plain, protected = (read(ROOT / name)["services"] for name in ("docker-compose.yml", "docker-compose.tls.yml"))
    ours = {name for name, service in plain.items() if "CLEAR_HOSTS" in service.get("environment", {})}
    told = [protected[name]["environment"] for name in ours]

    assert plain["web"]["environment"]["CLEAR_HOSTS"] == "${CLEAR_HOSTS-database,broker,mail,web}"
    assert {each["CLEAR_HOSTS"] for each in told} == {"${CLEAR_HOSTS-mail}"}
    assert {each["BROKER_URL"].partition(":")[0] for each in told} == {"rediss"}
    # Compose replaces a command as a whole, so the second file says all of the first again.
    for name in ("database", "broker"):
        said = plain[name]["command"]
        assert protected[name]["command"][: len(said)] == said


def made(folder: Path, *arguments: str) -> x509.Certificate:
    call_command("inside_certificates", f"--into={folder}", *arguments, stdout=io.StringIO())
    return x509.load_pem_x509_certificate((folder / "database" / "certificate.pem").read_bytes())


def test_certificates_are_made_anew_by_the_same_signer_and_each_key_is_for_one_account(
    tmp_path: Path,
) -> None:
    first = made(tmp_path)
    signer = (tmp_path / "ca.pem").read_bytes()
    second = made(tmp_path, "--days=30", "--host=database=10.0.0.5", "--host=database=db.example")

    names: Any = second.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in names} == {"database", "10.0.0.5", "db.example"}
    assert (tmp_path / "ca.pem").read_bytes() == signer == (tmp_path / "web" / "ca.pem").read_bytes()
    assert first.serial_number != second.serial_number
    assert timedelta(days=29) < second.not_valid_after_utc - datetime.now(UTC) < timedelta(days=31)
    keys = list(tmp_path.rglob("key.pem"))
    assert (len(keys), {stat.S_IMODE(path.stat().st_mode) for path in keys}) == (6, {0o600})


def test_a_host_of_no_service_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no SERVICE=HOST"):
        made(tmp_path / "new", "--host=datbase=10.0.0.5")
    assert not (tmp_path / "new").exists()
