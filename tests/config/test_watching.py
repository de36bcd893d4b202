"""The numbers tell what is wrong: each rule is silent while all is well, and true of what is exported under a fault."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from ruamel.yaml import YAML

from accounts.audit.models import AuditHead
from accounts.audit.recording import record
from accounts.codes.asking import ask_for_code
from accounts.codes.models import SignInCode
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.second.acts import REFUSED
from accounts.security_log import Event
from config import health
from config.watching import exposing
from respondents.backups.models import Backup, RestoreCheck
from tests.builders import ROOT

TOKEN = "of Prometheus alone, and long enough to be one"
RULES = {
    rule["alert"]: rule
    for rule in YAML(typ="safe").load(ROOT / "config" / "monitoring" / "rules.yaml")["groups"][0]["rules"]
}
PLAIN = re.compile(r"(max|min)\((?:abs\()?(\w+)(?:\{(\w+)=~?\"([^\"]+)\"\})?\)+ ([<>]) ([\d.]+)")


def fires(alert: str, text: str) -> bool:
    """Whether the rule's comparison holds for what is exported."""
    found = PLAIN.match(RULES[alert]["expr"])
    assert found, RULES[alert]["expr"]
    worst, name, label, wanted, sign, bound = found.groups()
    line = re.compile(rf"^{name}(?:\{{(.*)\}})? (\S+)$", re.MULTILINE)
    held = [
        abs(float(number))
        for labels, number in line.findall(text)
        if not label or re.fullmatch(wanted, dict(re.findall(r'(\w+)="([^"]*)"', labels))[label])
    ]
    if not held:
        return "absent(" in RULES[alert]["expr"]
    found_worst = max(held) if worst == "max" else min(held)
    return found_worst > float(bound) if sign == ">" else found_worst < float(bound)


def exported() -> str:
    return exposing.exposed(now=timezone.now()).decode()


@pytest.mark.django_db
def test_numbers_are_for_the_bearer_of_the_token_who_comes_from_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    closed = client.get("/metrics", headers={"Authorization": "Bearer "}).status_code
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)

    asked = [
        client.get("/metrics", headers=headers).status_code
        for headers in (bearer, {}, {"Authorization": "Bearer x"}, bearer | {"X-Real-IP": "192.0.2.1"})
    ]

    assert (closed, asked) == (404, [200, 404, 404, 404])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_database_web_lives_says_that_it_is_not_ready_and_tells_its_counts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("no route")

    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)
    own = [name for name in settings.MIDDLEWARE if not name.startswith("tests.")]  # a test's way into a role asks it
    monkeypatch.setattr(settings, "MIDDLEWARE", own)
    connection.close()
    monkeypatch.setattr(connection, "get_new_connection", away)

    live, ready = client.get("/health/live"), client.get("/health/ready")
    numbers = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert (live.status_code, ready.status_code, ready.json()["database"]) == (200, 503, False)
    assert numbers.status_code == 200
    told = numbers.content.decode()
    assert "\nsurvey_database_answers 0.0\n" in told
    assert "\nsurvey_faults_total " in told


def give_up(kinds: list[MessageKind], *, now: datetime) -> None:
    failed = {"recipient": "a@example.org", "state": MessageState.FAILED, "created_at": now}
    Message.objects.bulk_create(Message(key=f"{key}", kind=kind, **failed) for key, kind in enumerate(kinds))


GUESSED = ("CodesGuessed", "CodesGuessedNow", "OnePersonGuessedAt")
POSTED = ("MessagesWait", "CodesFailed", "MessagesGivenUp")
FAULTS = (*GUESSED, *POSTED, "BackupOld", "RestoreUntested", "AuditBroken", "DiskUnseen")


@pytest.mark.django_db
def test_rules_are_silent_until_their_fault_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mark = tmp_path / "ended-well"
    mark.touch()
    monkeypatch.setattr(settings, "BACKUP_MARK", str(mark))
    record(REFUSED, by=None, about="x", now=timezone.now())
    RestoreCheck.objects.create(checked_at=timezone.now(), seconds=1, problems=["It failed."])
    RestoreCheck.objects.create(checked_at=timezone.now() - timedelta(hours=25), seconds=1)
    watched = (
        "MessagesWait",
        "CodesFailed",
        "MessagesGivenUp",
        "BackupOld",
        "RestoreUntested",
        "CodesGuessed",
        "CodesGuessedNow",
        "OnePersonGuessedAt",
        "AuditBroken",
        "ClockSkew",
        "MigrationsMissing",
        "DiskUnseen",
    )
    before = exported()
    monkeypatch.setattr(settings, "BACKUP_MARK", "")
    Backup.objects.create(name="b", made_at=timezone.now(), seconds=1, size=1, digest="d", root="r", submissions=1)
    assert not fires("BackupOld", exported())
    monkeypatch.setattr(settings, "BACKUP_MARK", str(mark))
    assert [alert for alert in watched if fires(alert, before)] == []

    now = timezone.now()
    ask_for_code("nobody@example.org", now=now)
    Message.objects.update(created_at=now - timedelta(minutes=6))
    give_up([MessageKind.SIGN_IN_CODE] * 3 + [MessageKind.INVITATION] * 6, now=now)
    SignInCode.objects.bulk_create(
        SignInCode(email="a@example.org", browser=str(number), asked_at=now, expires_at=now, tries=5)
        for number in range(101)
    )
    RestoreCheck.objects.all()._raw_delete("default")
    os.utime(mark, (time.time() - 27 * 3600,) * 2)
    AuditHead.objects.update(digest="0" * 64)
    monkeypatch.setattr(settings, "WATCHED_FOLDERS", ["/away"])
    after = exported()

    assert [alert for alert in FAULTS if not fires(alert, after)] == []


@pytest.mark.django_db
def test_a_full_disk_is_told_from_one_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ask, full = shutil.disk_usage, shutil.disk_usage(tmp_path)._replace(total=1000, free=99)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full if folder == str(tmp_path) else ask(folder))
    found = {}
    for folder in (str(tmp_path), "/away"):
        monkeypatch.setattr(settings, "WATCHED_FOLDERS", [folder])
        numbers = exported()
        found[folder] = (f'survey_disk_free_ratio{{folder="{folder}"}}' in numbers, fires("DiskUnseen", numbers))
        assert folder == "/away" or fires("DiskFull", numbers)
    assert list(found.values()) == [(True, False), (False, True)]


@pytest.mark.django_db
def test_a_mark_that_web_cannot_read_leaves_the_word_to_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Backup.objects.create(name="b", made_at=timezone.now(), seconds=1, size=1, digest="d", root="r", submissions=1)
    monkeypatch.setattr(settings, "BACKUP_MARK", str(tmp_path / "volume-of-backups" / "mark"))
    assert not fires("BackupOld", exported())


@pytest.mark.pure
def test_every_alert_leads_to_a_heading_of_the_runbook() -> None:
    text = (ROOT / "docs" / "operating" / "runbook.md").read_text()
    headings = {line[3:].lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}

    assert {rule["annotations"]["runbook"].partition("#")[2] for rule in RULES.values()} == headings


SCRIPT = """
import logging
import os
from config.watching.counts import counts
counts().note(route="live", method="GET", status=503, seconds=0.1)
if not os.fork():
    counts().note(route="live", method="GET", status=503, seconds=0.1)
    os._exit(0)
os.wait()
from prometheus_client import generate_latest
print(generate_latest(counts().readable()).decode())
print(len(list(__import__("pathlib").Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("counter*"))))
"""


@pytest.mark.pure
def test_counts_of_all_processes_are_read_together_and_outlive_them(tmp_path: Path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SCRIPT]
    said = [
        subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(2)
    ]

    assert 'survey_requests_total{method="GET",route="live",status="503"} 4.0' in said[1].stdout
    assert [result.stdout.split()[-1] for result in said] == ["2", "2"]
    there = re.findall(r'survey_security_total\{event="([^"]+)"\} 0\.0', said[0].stdout)
    assert set(there) == {event.value for event in Event}  # so that the first burst is an increase


# What Prometheus makes of the numbers, minute by minute: the alert, its numbers, and when it is told.
SERIES = {
    "DoorsTried": {'survey_security_total{event="sign_in.limited"}': "0 200 200"},
    "CodesFailed": {'survey_codes_hour{fate="failed"}': "2 3 3"},
    "MessagesGivenUp": {
        'survey_messages_day{fate="failed"}': "6 60 60",
        'survey_messages_day{fate="sent"}': "140 140 140",
    },
}


@pytest.mark.pure
@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed (apt-get install prometheus)")
def test_prometheus_tells_what_is_new_within_a_minute(tmp_path: Path) -> None:
    def told(alert: str, minute: int) -> dict[str, object]:
        label = {"exp_annotations": RULES[alert]["annotations"]}
        return {"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": [label] * minute}

    tests = [
        {
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "alert_rule_test": [told(alert, 0), told(alert, 1)],
        }
        for alert, series in SERIES.items()
    ]
    file, rules = tmp_path / "test.yaml", ROOT / "config" / "monitoring" / "rules.yaml"
    file.write_text(json.dumps({"rule_files": [str(rules)], "evaluation_interval": "1m", "tests": tests}))
    done = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_reports_of_browsers_are_counted_by_directive_and_nothing_else_of_them_is_kept(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("survey"), "propagate", True)
    report = {"csp-report": {"violated-directive": "img-src", "document-uri": "https://x/canary", "sample": "canary"}}
    sent = [report, {"csp-report": {"violated-directive": "canary"}}, {"csp-report": 7}, ["x" * 20_000]]

    statuses = {client.post("/csp-reports", one, content_type="application/json").status_code for one in sent}

    told = {id(record): record for record in caplog.records if record.name == "survey.csp"}.values()
    assert statuses == {204}
    assert [getattr(record, "directive", "") for record in told] == ["img-src"]
    assert "canary" not in caplog.text
    assert "report-uri /csp-reports" in client.get("/sign-in/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_mail_that_waits_is_told_and_a_full_disk_makes_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    well = client.get("/health/ready")
    ask_for_code("nobody@example.org", now=now)
    Message.objects.update(created_at=now - timedelta(minutes=11))
    waiting = client.get("/health/ready")
    monkeypatch.setattr(health, "LEAST_FREE", 1.0)
    full = client.get("/health/ready")

    assert [(said.status_code, said.json()["outbox"], said.json()["disk"]) for said in (well, waiting, full)] == [
        (200, True, True), (200, False, True), (503, False, False)
    ]  # fmt: skip
