"""The environment is read strictly: what is wrong stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from config.env import Environment, read_environment
from config.env_files import SecretFiles
from tests.builders import ROOT

pytestmark = pytest.mark.pure


def start(show: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", **changes}
    command = [sys.executable, "-c", f"import config.settings{show}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY: must be at least 32 characters"),
        ({"DEBUG": "yes"}, "DEBUG: Input should be 'true' or 'false'"),
        ({"SITE_URL": "survey.example.org"}, "SITE_URL: must be an address such as"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL: must begin with smtp: or smtps: or file:"),
        ({"DATABASE_URL": "nonsense://x"}, "DATABASE_URL: must begin with sqlite: or postgresql:"),
        ({"BROKER_URL": "carrier-pigeon://x"}, "BROKER_URL: must begin with redis:"),
        ({"BOUNCE_MAILDIR": "mail/bounces"}, "BOUNCE_MAILDIR: must be a whole path"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: must name each host"),
    ],
)
def test_a_wrong_variable_stops_the_start_and_is_named(changes: dict[str, str], message: str) -> None:
    done = start(**changes)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_mailbox_for_what_comes_back_is_read_every_minute_where_one_is_named() -> None:
    show = "; print(config.settings.CELERY_BEAT_SCHEDULE.get('read-bounces'))"

    said = [start(show, BOUNCE_MAILDIR=path).stdout.strip() for path in ("", "/var/mail/bounces")]

    assert said == ["None", "{'task': 'accounts.outbox.tasks.read_bounces', 'schedule': 60.0}"]


def test_how_the_database_is_reached_safely_is_kept_for_its_owner_too() -> None:
    show = """
import django
django.setup()
from django.db import connection
from accounts.store.owner import become_owner, owner_address
print(connection.get_connection_params()["sslmode"], owner_address()["sslmode"])
become_owner()
asked = connection.get_connection_params()
print(asked["user"], asked["sslmode"], asked["sslrootcert"], asked["prepare_threshold"])
"""
    safely = "postgresql://web@db/survey?sslmode=verify-full&sslrootcert=%2Fca.pem"

    said = [
        start(show, DATABASE_URL=safely, MIGRATION_DATABASE_URL=owner).stdout.splitlines()
        for owner in ("", "postgresql://owner@db/survey", "postgresql://owner@db/survey?sslmode=verify-ca")
    ]

    assert said == [
        ["verify-full verify-full", "web verify-full /ca.pem 5"],
        ["verify-full verify-full", "owner verify-full /ca.pem 5"],
        ["verify-full verify-ca", "owner verify-ca /ca.pem 5"],
    ]


def test_the_secret_is_never_printed() -> None:
    assert "hunter2" not in start(SECRET_KEY="hunter2").stderr


WHOLE = {"oidc_issuer": "https://login.example.gov.uk", "oidc_client_id": "survey", "oidc_client_secret": "hunter2"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"oidc_client_id": "survey"}, "needs OIDC_ISSUER, OIDC_CLIENT_SECRET too"),
        ({"oidc_roles": "a=analyst"}, "needs OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET too"),
        (WHOLE | {"oidc_issuer": "http://login.example.gov.uk"}, "OIDC_ISSUER must be"),
        (WHOLE | {"oidc_roles": "a=chair"}, "OIDC_ROLES must be"),
        (WHOLE | {"oidc_roles": "analyst"}, "OIDC_ROLES must be"),
        (WHOLE | {"oidc_name": " "}, "OIDC_NAME and"),
        ({"oidc_emails_confirmed": "true"}, "only with OIDC_ISSUER"),
        ({"staff_codes": "false"}, "STAFF_CODES=false needs OIDC_ISSUER"),
        (WHOLE | {"break_glass_email": "pat@example.org"}, "only with STAFF_CODES=false"),
        (WHOLE | {"staff_codes": "false", "break_glass_email": "Pat@example.org"}, "one address in lower case"),
    ],
)
def test_half_a_provider_stops_the_start(given: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message) as stopped:
        Environment(_env_file=None, **given)  # type: ignore[arg-type]

    assert "hunter2" not in str(stopped.value)


def test_a_whole_provider_is_read_with_groups_whose_names_hold_signs() -> None:
    given = WHOLE | {"oidc_roles": "CN=Desk,OU=S=administrator; b = analyst", "oidc_second_amr": "mfa, hwk"}

    found = Environment(_env_file=None, **given).provider  # type: ignore[arg-type]

    assert found is not None
    assert found["roles"] == (("CN=Desk,OU=S", "administrator"), ("b", "analyst"))
    assert found["second_amr"] == {"mfa", "hwk"}


OVER_TLS = {"site_url": "https://survey.example.gov.uk", "behind_proxy": "true"}


def test_over_tls_behind_a_proxy_nothing_starts_without_knowing_who_stands_before_it() -> None:
    with pytest.raises(ValidationError, match="TRUSTED_PROXIES must name the networks"):
        Environment(_env_file=None, **OVER_TLS)  # type: ignore[arg-type]

    for given in (
        OVER_TLS | {"trusted_proxies": "none"},
        {"behind_proxy": "true"},
        OVER_TLS | {"behind_proxy": "false"},
    ):
        assert Environment(_env_file=None, **given).site_url  # type: ignore[arg-type]


PLACES = ("DATABASE_URL", "BROKER_URL", "EMAIL_URL")
OWNERS = ("SECRET_KEY_FALLBACKS", "MIGRATION_DATABASE_URL", "ROLE_PASSWORDS", "BACKUP_IDENTITY")
SECRETS = (
    *OWNERS,
    "SECRET_KEY",
    "SECOND_STEP_KEY",
    "NOTIFY_API_KEY",
    "NOTIFY_CALLBACK_TOKEN",
    "OIDC_CLIENT_SECRET",
    "METRICS_TOKEN",
    *PLACES,
)
LONG = "a sentence in a file, long enough to be taken for a secret"


def test_every_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {name for name, field in Environment.model_fields.items() if field.annotation is SecretStr}
    assert secret == {name.lower() for name in SECRETS}
    for name in SECRETS:
        value = {"DATABASE_URL": "sqlite:///a", "BROKER_URL": "redis://b", "EMAIL_URL": "smtp://c"}.get(name, LONG)
        (tmp_path / name).write_text(f"{value}\n")
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))

    found = SecretFiles(Environment)()

    assert set(found) == secret
    assert set(found.values()) == {LONG, "sqlite:///a", "redis://b", "smtp://c"}


@pytest.mark.parametrize(
    ("held", "given", "message"),
    [
        (None, "", "SECRET_KEY_FILE: {path} cannot be read by this process.\n"),
        (LONG, LONG, "SECRET_KEY: is given, and SECRET_KEY_FILE as well; keep one of them.\n"),
        ("hunter2\n", "", "SECRET_KEY: must be at least 32 characters"),
    ],
)
def test_a_file_that_cannot_be_the_secret_stops_the_start(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    capsys: pytest.CaptureFixture[str],
    held: str | None,
    given: str,
    message: str,
) -> None:
    path = tmp_path / "key"
    if held is not None:
        path.write_text(held)
    monkeypatch.setenv("SECRET_KEY", given)
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))

    with pytest.raises(SystemExit):
        read_environment()

    said = capsys.readouterr().err
    assert message.format(path=path) in said
    assert "hunter2" not in said
