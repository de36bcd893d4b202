"""A backup brings back what was there, a bad one is found out, and administrators see which it is."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from accounts.store.owner import connected, owner_address
from respondents.backups import kept
from respondents.backups.facts import Facts
from respondents.backups.making import make_backup, mark_done
from respondents.backups.models import Backup, RestoreCheck
from respondents.backups.programs import restored
from respondents.backups.refusals import CannotBackUp
from respondents.backups.restoring import SCRATCH, check_restore
from respondents.backups.sealing import new_identity, recipient_of
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, chair, person, return_of, sign_in, wave
from tests.postgres import client_programs

WORDS = "words that nobody else may read"


def two_submissions() -> None:
    for board in ("barnet", "derby-and-derbyshire"):
        found = return_of(board, in_wave=wave(f"of-{board}"))
        assert found.board is not None
        who = chair(found.board, email=f"{board}@example.org")
        save_answers(found, Sending(0, {"C1": 1, "G1": WORDS}), person=who, now=NOW)
        submit_return(found, person=who, version=1, now=NOW)


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    identity = new_identity()
    settings.BACKUP_FOLDER, settings.POSTGRESQL_PROGRAMS = str(tmp_path), str(client_programs())
    settings.BACKUP_IDENTITY, settings.BACKUP_RECIPIENT = identity, recipient_of(identity)
    settings.BACKUP_MARK = str(tmp_path / "ended-well")
    return tmp_path


def scratch_databases() -> int:
    with connected(owner_address()) as connection:
        found = connection.execute("SELECT count(*) FROM pg_database WHERE starts_with(datname, %s)", [SCRATCH])
        return int((found.fetchone() or (0,))[0])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_back_and_what_was_not_is_told(folder: Path) -> None:
    two_submissions()

    made = make_backup(now=NOW)
    passed = check_restore(now=NOW + timedelta(hours=1))
    into_a_full_one = folder / "address"
    into_a_full_one.write_text("postgresql:///?" + "&".join(f"{k}={v}" for k, v in owner_address().items()))
    with pytest.raises(CommandError, match="is not empty: restore into a new one"):
        call_command("restore", f"--into={into_a_full_one}")
    manifest = kept.newest()
    manifest.path.write_bytes(manifest.path.read_bytes()[:-1])
    changed = check_restore(now=NOW + timedelta(hours=2))
    forged = json.loads((folder / f"{made.name}.json").read_text())
    forged["digest"] = kept.digest_of_file(manifest.path)
    (folder / f"{made.name}.json").write_text(json.dumps(forged))
    cut_off = check_restore(now=NOW + timedelta(hours=3))

    assert (made.submissions, made.size) == (2, len(manifest.path.read_bytes()) + 1)
    assert (passed.problems, passed.root, passed.submissions) == ([], made.root, 2)
    assert changed.problems == [f"{made.name}.dump.age is not the file that was written: its digest differs."]
    assert cut_off.problems == [
        f"{made.name}.dump.age cannot be opened: it was changed or cut off after it was sealed."
    ]
    assert (folder / "ended-well").exists()
    assert WORDS.encode() not in manifest.path.read_bytes()
    assert scratch_databases() == 0


@pytest.mark.pure
def test_what_came_back_otherwise_is_told_thing_by_thing() -> None:
    wanted = Facts("a" * 64, 2, "7:d", {"survey_wave": 1, "respondents_save": 2})
    found = Facts("b" * 64, 2, "6:d", {"survey_wave": 1, "respondents_save": 1})

    assert wanted.problems_against(wanted) == []
    assert found.problems_against(wanted) == [
        "2 submissions came back of 2, or not as they were sent.",
        "The audit does not end where it ended.",
        "respondents_save has 1 rows, not 2.",
    ]


@pytest.mark.once
@pytest.mark.django_db
def test_administrators_see_the_last_restore_test_and_are_warned_when_it_is_a_day_old(client: Client) -> None:
    def seen() -> str:
        return client.get("/backups/").content.decode()

    sign_in(client, person("pat@example.org", role=Role.ADMINISTRATOR))
    nothing = seen()
    now, root = timezone.now(), "ab" * 32
    of = {"name": "survey-1", "backup_made_at": now, "root": root, "submissions": 148}
    Backup.objects.create(
        name="survey-1", made_at=now, seconds=3, size=9_000_000, digest="d", root=root, submissions=148
    )
    RestoreCheck.objects.create(checked_at=now - timedelta(hours=25), seconds=240, **of)
    old = seen()
    RestoreCheck.objects.create(checked_at=now - timedelta(minutes=5), seconds=240, **of)
    fresh = seen()
    RestoreCheck.objects.create(checked_at=now, seconds=1, problems=["There is no backup in /x."])
    failed = seen()

    assert "No restore test has been run yet: BACKUP_FOLDER is not set here." in nothing
    assert "The last restore test is 25 hours old." in old
    assert "Warning" not in fresh
    assert all(told in fresh for told in (root, "4.0 minutes", "9.0 MB", "less than an hour ago"))
    assert "The last restore test failed." in failed
    assert "There is no backup in /x." in failed


@pytest.mark.pure
def test_what_fails_before_its_manifest_stands_leaves_no_file(tmp_path: Path, settings: LazySettings) -> None:
    settings.BACKUP_FOLDER = str(tmp_path)
    (tmp_path / "another.json").touch()
    cannot_be_written = kept.Manifest("made", NOW, 1, "d", Facts(object(), 2, "7:d", {}))  # type: ignore[arg-type]

    @kept.whole_or_not_there("made")
    def fail() -> None:
        kept.write_sealed("made", [b"sealed"])
        kept.write_manifest(cannot_be_written)

    with pytest.raises(TypeError):
        fail()

    assert [path.name for path in tmp_path.iterdir()] == ["another.json"]


@pytest.mark.pure
def test_a_mark_that_cannot_be_written_is_logged_and_spoils_no_backup(
    tmp_path: Path, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BACKUP_MARK = str(tmp_path / "not-there" / "mark")

    mark_done()

    assert "cannot be touched: the backup is there" in caplog.text


@pytest.mark.pure
@pytest.mark.parametrize("told", ["pg_restore (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "nothing"])
def test_programs_that_are_too_old_are_refused_in_words(tmp_path: Path, settings: LazySettings, told: str) -> None:
    settings.POSTGRESQL_PROGRAMS = str(tmp_path)
    program = tmp_path / "pg_restore"
    program.write_text(f"#!/bin/sh\necho '{told}'\n")
    program.chmod(0o755)

    with pytest.raises(CannotBackUp, match="of version 18 or newer"):
        restored([], {"dbname": "survey"})


@pytest.mark.once
@pytest.mark.django_db
def test_on_sqlite_the_commands_say_what_to_do_instead() -> None:
    with pytest.raises(CommandError, match="works on PostgreSQL only"):
        call_command("backup")
