"""Service: a backup is put into an empty database; and the regular proof of it, in a database thrown away again."""

import logging
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import psycopg
from django.conf import settings
from django.db import transaction
from psycopg import sql

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.refusals import Refusal
from accounts.store.owner import connected, owner_address
from respondents.backups.facts import Facts, read_facts
from respondents.backups.kept import Manifest, digest_of_file, newest
from respondents.backups.making import one_at_a_time
from respondents.backups.models import Backup, RestoreCheck
from respondents.backups.programs import restored
from respondents.backups.refusals import CannotBackUp
from respondents.backups.sealing import CannotOpen, opened

log = logging.getLogger("survey.backup")
CHECKED = declare("backup.restore_checked", "Tested that a backup can be restored")
SCRATCH = "survey_restore_check_"


def restore_into(manifest: Manifest, address: Mapping[str, str]) -> Facts:
    """Puts the backup into this empty database and reads what came back. CannotBackUp leaves it empty."""
    if not settings.BACKUP_IDENTITY:
        raise CannotBackUp("The key that opens backups is not here: set BACKUP_IDENTITY or BACKUP_IDENTITY_FILE.")
    if digest_of_file(manifest.path) != manifest.digest:
        raise CannotBackUp(f"{manifest.path.name} is not the file that was written: its digest differs.")
    _require_empty(address)
    try:
        with manifest.path.open("rb") as file:
            restored(opened(file, identity=settings.BACKUP_IDENTITY), address)
    except CannotOpen as error:
        raise CannotBackUp(f"{manifest.path.name} cannot be opened: {error}.") from None
    with connected(address, autocommit=True) as connection:
        return read_facts(connection)


def check_restore(*, now: datetime) -> RestoreCheck:
    """Restores the newest backup into a database of its own, compares, and keeps the result, whatever it is."""
    began, manifest, found, problems = time.monotonic(), None, None, list[str]()
    try:
        manifest = newest()
        with _scratch(owner_address()) as address:
            found = restore_into(manifest, address)
        problems = found.problems_against(manifest.facts) + _told_otherwise(manifest)
    except (Refusal, psycopg.Error) as error:
        problems = [error.message if isinstance(error, Refusal) else f"The database refused ({error.sqlstate})."]
    checked = RestoreCheck(
        name=manifest.name if manifest else "",
        backup_made_at=manifest.made_at if manifest else None,
        checked_at=now,
        seconds=time.monotonic() - began,
        root=found.root if found else "",
        submissions=found.submissions if found else None,
        problems=problems,
    )
    return _noted(checked, now=now)


def _told_otherwise(manifest: Manifest) -> list[str]:
    """The database remembers each backup too, so that nobody can put another file and manifest in its place."""
    known = Backup.objects.filter(name=manifest.name).first()
    if known and (known.root, known.digest) == (manifest.facts.root, manifest.digest):
        return []
    return [f"The database knows {'another' if known else 'no'} backup called {manifest.name}."]


@transaction.atomic
def _noted(checked: RestoreCheck, *, now: datetime) -> RestoreCheck:
    checked.save()
    detail = {"problems": len(checked.problems), "root": checked.root, "seconds": round(checked.seconds)}
    record(CHECKED, by=None, about=checked.name or "No backup", detail=detail, now=now)
    outcome = "failed" if checked.problems else "passed"
    log.info("restore test %s: %s after %.0f s, root %s", outcome, checked.name, checked.seconds, checked.root)
    return checked


@contextmanager
def _scratch(address: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """An empty database on the same server, gone afterwards; and so are those whose test was killed."""
    name = SCRATCH + secrets.token_hex(4)
    with one_at_a_time(address), connected(address, autocommit=True) as connection:
        for (left,) in connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [SCRATCH]):
            _drop(connection, left)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield {**address, "dbname": name}
        finally:
            _drop(connection, name)


def _drop(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _require_empty(address: Mapping[str, str]) -> None:
    with connected(address) as connection:
        if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone():
            raise CannotBackUp(f"The database {address['dbname']} is not empty: restore into a new one.")
