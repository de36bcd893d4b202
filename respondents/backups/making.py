"""Service: one sealed copy of the whole database as it stood at one second, and what it must bring back."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.store.owner import connected, owner_address
from respondents.backups.facts import LEFT_OUT, Facts, read_facts
from respondents.backups.kept import Manifest, folder, whole_or_not_there, write_manifest, write_sealed
from respondents.backups.models import Backup
from respondents.backups.programs import dumped
from respondents.backups.refusals import CannotBackUp
from respondents.backups.sealing import CannotOpen, sealed

log = logging.getLogger("survey.backup")
BACKED_UP = declare("backup.made", "Backed up the database")
ONE_AT_A_TIME = 7_020_611  # the number of the lock, by chance


def make_backup(*, now: datetime) -> Backup:
    """Dumps, seals and writes; readers and writers go on meanwhile. CannotBackUp leaves no file."""
    began, name, address = time.monotonic(), f"survey-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", owner_address()
    folder()
    with one_at_a_time(address), whole_or_not_there(name), connected(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            size, digest = _written(name, dumped(address, snapshot=snapshot, without=LEFT_OUT))
            facts = read_facts(connection)
        manifest = Manifest(name, now, size, digest, facts)
        write_manifest(manifest)
    kept = _noted(manifest, seconds=time.monotonic() - began)
    # Out of reach of whoever could rewrite both the backup and the database.
    log.info("backup %s: %s submissions, root %s, file %s", name, facts.submissions, facts.root, digest)
    mark_done()
    return kept


def mark_done() -> None:
    """Tells the watching when the last backup ended; that it cannot is logged and spoils no backup."""
    if settings.BACKUP_MARK:
        try:
            Path(settings.BACKUP_MARK).touch()
        except OSError:
            log.exception("BACKUP_MARK %s cannot be touched: the backup is there, but looks old", settings.BACKUP_MARK)


def _written(name: str, pieces: Iterator[bytes]) -> tuple[int, str]:
    try:
        return write_sealed(name, sealed(pieces, recipient=settings.BACKUP_RECIPIENT))
    except CannotOpen as error:
        raise CannotBackUp(f"BACKUP_RECIPIENT: {error}.") from None


@transaction.atomic
def _noted(manifest: Manifest, *, seconds: float) -> Backup:
    facts: Facts = manifest.facts
    kept = Backup.objects.create(
        name=manifest.name,
        made_at=manifest.made_at,
        seconds=seconds,
        size=manifest.size,
        digest=manifest.digest,
        root=facts.root,
        submissions=facts.submissions,
    )
    told = {"submissions": facts.submissions, "root": facts.root}
    record(BACKED_UP, by=None, about=manifest.name, detail=told, now=manifest.made_at)
    return kept


@contextmanager
def one_at_a_time(address: Mapping[str, str]) -> Iterator[None]:
    """Nobody else makes or reads a backup of this database meanwhile; CannotBackUp where somebody does."""
    with connected(address, autocommit=True) as held:
        (is_ours,) = held.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME]).fetchone() or (False,)
        if not is_ours:
            raise CannotBackUp("Another backup, or the test of one, is under way. Wait until it has ended.")
        yield
