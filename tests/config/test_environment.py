"""The environment is read strictly: what is wrong stops the start with a sentence."""

import os
import subprocess
import sys

import pytest

from tests.builders import ROOT

pytestmark = pytest.mark.pure


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", **changes}
    command = [sys.executable, "-c", "import config.settings"]
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
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: must name each host"),
    ],
)
def test_a_wrong_variable_stops_the_start_and_is_named(changes: dict[str, str], message: str) -> None:
    done = start(**changes)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_is_never_printed() -> None:
    assert "hunter2" not in start(SECRET_KEY="hunter2").stderr
