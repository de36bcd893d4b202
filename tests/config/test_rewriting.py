"""What was erased lies on in PostgreSQL's files until its table is written anew: looked for in the files."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from accounts.store.owner import connected, owner_address
from config.roles.rewriting import changing_tables, rewrite_tables
from tests.faults.chairs import wait_for

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
CANARY = "canary-of-a-person-who-was-erased"


@pytest.fixture
def line() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A table outside of any transaction, with somebody in it who has been erased."""
    with connected(owner_address(), autocommit=True) as found:
        found.execute("CREATE TABLE public.erased_from (id int, name text)")
        found.execute("INSERT INTO public.erased_from SELECT each, 'x' FROM generate_series(1, 50) each")
        found.execute("INSERT INTO public.erased_from VALUES (0, %s)", [CANARY])
        found.execute("UPDATE public.erased_from SET name = 'Name erased' WHERE id = 0")
        yield found
        found.execute("DROP TABLE public.erased_from")


def who_is_there(line: "psycopg.Connection[tuple[object, ...]]") -> list[tuple[object, ...]]:
    """Whoever is connected, and since when each sees or changes rows."""
    return line.execute(
        "SELECT datname, state, backend_xid, backend_xmin, xact_start, query FROM pg_stat_activity WHERE datname <> ''"
    ).fetchall()


def is_in_the_files(line: "psycopg.Connection[tuple[object, ...]]") -> bool:
    """Whether any file of this database's tables holds the words; other tests have databases beside it."""
    line.execute("CHECKPOINT")
    [home] = line.execute("SHOW data_directory").fetchone() or ("",)
    [number] = line.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone() or ("",)
    files = [path for path in (Path(str(home)) / "base" / str(number)).rglob("*") if path.is_file()]
    assert files
    return any(CANARY.encode() in path.read_bytes() for path in files)


def test_what_was_erased_is_in_the_files_until_its_table_is_written_anew(
    line: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    before = is_in_the_files(line)
    done = wait_for(lambda: not rewrite_tables(["erased_from"]), seconds=20)  # another test may still see the old row

    assert done is not None, who_is_there(line)
    assert (before, is_in_the_files(line)) == (True, False)
    assert {"accounts_user", "respondents_return", "respondents_save", "accounts_message"} < {*changing_tables()}
    assert "accounts_auditentry" not in changing_tables()
    assert {*changing_tables()} <= {*connection.introspection.table_names()}


def test_a_table_that_somebody_holds_is_told_and_left(
    line: "psycopg.Connection[tuple[object, ...]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.roles.rewriting.PATIENCE", "50ms")
    with connected(owner_address()) as other:
        other.execute("SELECT 1 FROM public.erased_from")  # and does not end
        left = rewrite_tables(["erased_from"])
    assert left == ["erased_from"]


def test_a_table_whose_old_rows_somebody_may_still_see_is_told(
    line: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    with connected(owner_address()) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1 FROM pg_class")  # from here on it sees what there is now
        line.execute("DELETE FROM public.erased_from WHERE id = 1")
        left = rewrite_tables(["erased_from"])
    assert left == ["erased_from"]
