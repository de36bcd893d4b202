"""Tables change while people answer: no migration holds them up or breaks what runs, and each gives up in time."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import OperationalError, connection, models, transaction
from django.db.migrations import Migration
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from config.management.commands import migrate
from config.migrating.beside import built_beside
from config.migrating.rules import BASELINE, dangers, is_new
from respondents.returns.models import Return
from respondents.returns.saving import Saved, Sending, save_answers
from tests.builders import NOW, chair, return_of, wave

INDEX = models.Index(fields=("slug",), name="i")
WHOLE = models.CheckConstraint(condition=models.Q(id__gt=0), name="c")
DANGEROUS: tuple[ops.base.Operation, ...] = (
    ops.RemoveField("wave", "title"),
    ops.RenameField("wave", "title", "name"),
    ops.DeleteModel("Wave"),
    ops.RenameModel("Wave", "Round"),
    ops.AlterField("wave", "title", models.CharField(max_length=10)),
    ops.AddField("wave", "colour", models.CharField(max_length=10, default="red")),
    ops.AddIndex("wave", INDEX),
    ops.AddConstraint("wave", WHOLE),
    ops.RunSQL("LOCK TABLE survey_wave"),
    AddIndexConcurrently("wave", INDEX),
    ops.SeparateDatabaseAndState([ops.RemoveField("wave", "title")], []),
)
HARMLESS: tuple[ops.base.Operation, ...] = (
    ops.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))]),
    ops.AddField("wave", "colour", models.CharField(max_length=10, null=True)),
    ops.AddField("wave", "colour", models.CharField(max_length=10, db_default="red")),
    ops.RunPython(ops.RunPython.noop),
    ops.SeparateDatabaseAndState([], [ops.RemoveField("wave", "title")]),
)


def migration(*operations: ops.base.Operation, atomic: bool = True, reviewed: str = "") -> Migration:
    kind = type("Migration", (Migration,), {"operations": operations, "atomic": atomic, "reviewed": reviewed})
    made: Migration = kind("0099_made_up", "survey")
    return made


@pytest.mark.pure
def test_what_would_break_running_code_or_hold_people_up_is_found() -> None:
    assert [each for each in DANGEROUS if not dangers(migration(each))] == []
    assert [found for each in HARMLESS for found in dangers(migration(each))] == []
    assert dangers(migration(AddIndexConcurrently("wave", INDEX), atomic=False)) == []
    assert len(dangers(migration(HARMLESS[0], HARMLESS[3]))) == 1
    assert dangers(migration(*DANGEROUS, reviewed="No code of 1.4 reads it.")) == []


@pytest.mark.pure
def test_no_migration_since_the_first_installation_is_dangerous() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = [found for found in loader.disk_migrations.values() if found.app_label in BASELINE]

    assert {found.app_label for found in ours if not is_new(found)} == BASELINE.keys()
    assert {str(found): dangers(found) for found in ours if is_new(found) and dangers(found)} == {}


@dataclass
class Work:
    """Somebody looks long, somebody saves again and again, and a migration wants a column meanwhile."""

    found: Return
    ann: User
    tries: int = 0
    slowest: float = 0.0
    saves: int = 0
    is_held: Event = field(default_factory=Event)
    may_end: Event = field(default_factory=Event)
    is_done: Event = field(default_factory=Event)

    def migrate(self, *_: object, **__: object) -> None:
        self.tries += 1
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE respondents_return ADD COLUMN new_one int")

    def look(self) -> None:
        with own_connection(), transaction.atomic():
            Return.objects.count()
            self.is_held.set()
            self.may_end.wait(30)

    def save(self) -> None:
        with own_connection():
            while not self.is_done.is_set():
                began, given = time.monotonic(), {"C1": self.saves % 2 + 1}
                base = Return.objects.get(pk=self.found.pk)
                saved = save_answers(base, Sending(self.saves, given), person=self.ann, now=NOW)
                assert isinstance(saved, Saved)
                self.slowest, self.saves = max(self.slowest, time.monotonic() - began), self.saves + 1
                if self.tries >= 3:
                    self.may_end.set()


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_meets_a_lock_lets_people_save_and_is_done_once_it_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    work = Work(found, chair(found.board))
    monkeypatch.setattr(migrate, "LONGEST_WAIT", "200ms")
    monkeypatch.setattr(migrate, "PAUSE", 0.2)
    monkeypatch.setattr(DjangoMigrate, "handle", work.migrate)

    with ThreadPoolExecutor(2) as pool:
        looking = pool.submit(work.look)
        work.is_held.wait(10)
        saving = pool.submit(work.save)
        try:
            call_command("migrate", verbosity=0)
        finally:
            work.is_done.set()
            work.may_end.set()
    assert (looking.result(), saving.result()) == (None, None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE respondents_return DROP COLUMN new_one")
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)

    assert work.tries >= 3
    assert (work.saves > 3, Return.objects.get(pk=found.pk).version) == (True, work.saves)
    assert work.slowest < 2  # 0.2 s behind the lock, on a busy machine


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_index_built_beside_the_work_waits_for_who_looks_long_and_clears_what_was_left() -> None:
    build = "CREATE INDEX CONCURRENTLY beside ON respondents_save (version)"

    def look() -> None:
        with own_connection(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM respondents_save, pg_sleep(1)")

    with ThreadPoolExecutor(1) as pool, connection.cursor() as cursor:
        looking = pool.submit(look)
        time.sleep(0.3)
        cursor.execute("SET lock_timeout = '100ms'")
        with pytest.raises(OperationalError):
            cursor.execute(build)  # leaves one that is unfinished, whose name is taken
        with connection.execute_wrapper(built_beside("100ms")):
            cursor.execute(build)
        looking.result()
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'beside'::regclass")
        (is_whole,) = cursor.fetchone()
        cursor.execute("DROP INDEX beside; RESET lock_timeout")

    assert is_whole


@pytest.mark.postgresql
@pytest.mark.django_db
def test_another_fault_of_a_migration_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, *args: object, **options: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(DjangoMigrate, "handle", fail)
    with pytest.raises(OperationalError, match="disk full"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_a_database_that_an_earlier_state_made_is_told_and_one_of_our_own_is_not() -> None:
    call_command("check", databases=["default"])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE survey_wave RENAME COLUMN title TO heading")

    with pytest.raises(SystemCheckError, match="The table survey_wave has no title, though every migration") as told:
        call_command("check", databases=["default"])

    assert "docs/operating/README.md" in str(told.value)
