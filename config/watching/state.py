"""How the house does, read when asked for: the state is in the database, so that no worker need be asked."""

import itertools
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q

from accounts import leases
from accounts.audit.checking import head
from accounts.audit.models import AuditEntry
from accounts.audit.recording import entry_digest
from accounts.codes.budget import WRONG_CODES, addresses_spent
from accounts.codes.models import SignInCode
from accounts.outbox.models import BULK, Message, MessageKind, MessageState
from analysis.builds.models import Build
from respondents.backups.models import Backup, RestoreCheck

Number = tuple[str, dict[str, str], float]
TAIL = 200  # entries of the audit that are read again each time; `verify_audit` reads all
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ARCHIVER = """
    SELECT current_setting('archive_mode') <> 'off',
        coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
    FROM pg_stat_archiver
"""
QUEUES = ("default", "codes", "bulk", "builds", "backups")


def state(*, now: datetime) -> Iterator[Number]:
    """Every number, with its labels; those that do not apply here are left out."""
    yield from _waiting(now=now)
    yield from _codes(now=now)
    yield from _given_up(now=now)
    yield ("survey_audit_whole", {}, float(audit_tail_is_whole()))
    yield ("survey_migrations_missing", {}, float(migrations_missing()))
    yield from _disks()
    yield from _clock()
    yield from _backup(now=now)
    yield from _archive()
    yield from _queues()


def outbox_age(*, now: datetime) -> float:
    """For how many seconds the oldest message to one person has waited; bulk mail may take its time."""
    waiting = Message.objects.filter(state__in=leases.UNFINISHED).exclude(kind__in=BULK)
    return _age(waiting.aggregate(oldest=Min("created_at"))["oldest"], now=now)


def migrations_missing() -> int:
    """How many migrations of this version the database has not had."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def disk_free() -> float:
    """What part of the disk for this process's own files is free."""
    used = shutil.disk_usage(settings.VAR)
    return used.free / used.total


def _disks() -> Iterator[Number]:
    """What part is free of the disk for own files, and of each that is watched and can be asked."""
    yield ("survey_disk_free_ratio", {"folder": "own"}, disk_free())
    free = {folder: _free_of(folder) for folder in settings.WATCHED_FOLDERS}
    for folder, part in free.items():
        if part is not None:
            yield ("survey_disk_free_ratio", {"folder": folder}, part)
    for folder, part in free.items():
        yield ("survey_disk_seen", {"folder": folder}, float(part is not None))


def _free_of(folder: str) -> float | None:
    """What part of a disk is free; nothing where it cannot be asked."""
    with suppress(OSError):
        used = shutil.disk_usage(folder)
        return used.free / used.total
    return None


def audit_tail_is_whole() -> bool:
    """Whether the last entries continue each other, say what they said, and end where the head stands."""
    end = head()
    entries = list(AuditEntry.objects.filter(number__lte=end.number).order_by("-number")[:TAIL])
    if not entries:
        return end.number == 0
    linked = all(
        later.number == earlier.number + 1 and later.previous_digest == earlier.digest
        for later, earlier in itertools.pairwise(entries)
    )
    is_end = (entries[0].number, entries[0].digest) == (end.number, end.digest)
    return linked and is_end and all(entry_digest(entry) == entry.digest for entry in entries)


def _age(since: datetime | None, *, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _waiting(*, now: datetime) -> Iterator[Number]:
    """How many rows wait, and since when, of each kind of work."""
    codes = Q(kind=MessageKind.SIGN_IN_CODE)
    messages = Message.objects.filter(state__in=leases.UNFINISHED)
    works: tuple[tuple[str, Any, str], ...] = (
        ("codes", messages.filter(codes), "created_at"),
        ("messages", messages.exclude(codes).exclude(kind__in=BULK), "created_at"),
        ("bulk", messages.filter(kind__in=BULK), "created_at"),
        ("builds", Build.objects.filter(state__in=leases.UNFINISHED), "requested_at"),
    )
    for work, rows, since in works:
        found = rows.aggregate(many=Count("pk"), oldest=Min(since))
        yield ("survey_waiting", {"work": work}, float(found["many"]))
        yield ("survey_waiting_seconds", {"work": work}, _age(found["oldest"], now=now))


def _codes(*, now: datetime) -> Iterator[Number]:
    """Codes that were sent and failed in the last hour; tries that were wrong, and addresses at which many were."""
    sent = Message.objects.filter(kind=MessageKind.SIGN_IN_CODE, created_at__gte=now - HOUR)
    for state_, name in ((MessageState.SENT, "sent"), (MessageState.FAILED, "failed")):
        yield ("survey_codes_hour", {"fate": name}, float(sent.filter(state=state_).count()))
    for name, period in (("hour", HOUR), ("day", DAY)):
        tried = SignInCode.objects.filter(expires_at__gt=now - period).aggregate(**WRONG_CODES)
        yield (f"survey_codes_wrong_{name}", {}, float(tried["all"] - tried["used"]))
    yield ("survey_codes_addresses_spent", {}, float(addresses_spent(now=now)))


def _given_up(*, now: datetime) -> Iterator[Number]:
    """Messages of the last day that went and that were given up, without codes, which have numbers of their own."""
    of_day = Message.objects.filter(created_at__gte=now - DAY).exclude(kind=MessageKind.SIGN_IN_CODE)
    fates = {"sent": MessageState.SENT, "failed": MessageState.FAILED}
    found = of_day.aggregate(**{name: Count("pk", filter=Q(state=fate)) for name, fate in fates.items()})
    for name in fates:
        yield ("survey_messages_day", {"fate": name}, float(found[name]))


def _clock() -> Iterator[Number]:
    if connection.vendor != "postgresql":
        return
    before = time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (there,) = cursor.fetchone()
    yield ("survey_clock_skew_seconds", {}, float(there) - (before + time.time()) / 2)


def _backup(*, now: datetime) -> Iterator[Number]:
    """Since when there is a backup, by the file another program touches or by our own; and since when one was read."""
    if (age := _mark_age()) is not None:
        yield ("survey_backup_age_seconds", {}, age)
    elif made := Backup.objects.first():
        yield ("survey_backup_age_seconds", {}, _age(made.made_at, now=now))
    if passed := RestoreCheck.objects.filter(problems=[]).first():
        yield ("survey_restore_check_age_seconds", {}, _age(passed.checked_at, now=now))


def _archive() -> Iterator[Number]:
    """Whether the last piece of PostgreSQL's log could not be put into the archive, where there is one."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVER)
        (is_on, fails) = cursor.fetchone()
    if is_on:
        yield ("survey_archive_fails", {}, float(fails))


def _mark_age() -> float | None:
    """Seconds since the file was touched; nothing where there is none, or it stands where web does not reach."""
    with suppress(OSError):
        if settings.BACKUP_MARK:
            return time.time() - Path(settings.BACKUP_MARK).stat().st_mtime
    return None


def _queues() -> Iterator[Number]:
    """How much waits at the broker, where it can be asked; the rows above are what counts."""
    if not str(settings.CELERY_BROKER_URL).startswith("redis"):
        return
    answers = False
    with suppress(Exception), current_app.connection_for_read(connect_timeout=1) as broker:
        client: Any = broker.default_channel
        client = client.client  # of Redis
        for queue in QUEUES:
            yield ("survey_broker_length", {"queue": queue}, float(client.llen(queue)))
        answers = True
    yield ("survey_broker_answers", {}, float(answers))
