"""The roles of the database: each may do what it is for, and the server refuses it everything else."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from accounts.store.patience import take_time
from accounts.store.reach import EVERYTHING, NOTHING, Reach, reach_of, tell
from config.roles.plan import ANALYST, LIMITS, LINE, ROLES, WEB, WORKER
from respondents.register.models import Board
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, ROOT, chair, person, return_of, sign_in, wave
from tests.kept import kept

pytestmark = pytest.mark.postgresql
REFUSED, READ_ONLY = "42501", "25006"  # insufficient privilege; a read-only transaction
NOT_HERS = {
    "DDL": "CREATE TABLE mine (id int)",
    "a column": "ALTER TABLE survey_wave ADD COLUMN mine int",
    "a trigger": "DROP TRIGGER accounts_auditentry_append_only ON accounts_auditentry",
    "triggers off": "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
    "a way round triggers": "SET session_replication_role = replica",
    "a temporary table": "CREATE TEMPORARY TABLE mine (id int)",
    "a schema": "CREATE SCHEMA mine",
    "another schema": "SELECT * FROM other.things",
    "a function": "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "truncate": "TRUNCATE respondents_save",
    "truncate the audit": "TRUNCATE accounts_auditentry",
    "rewrite the audit": "UPDATE accounts_auditentry SET about = 'x'",
    "thin the audit": "DELETE FROM accounts_auditentry",
    "the audit's head": "DELETE FROM accounts_audithead",
    "rewrite a save": "UPDATE respondents_save SET changes = '{}'",
    "rewrite a submission": "UPDATE respondents_submission SET answers = '{}'",
    "migrations": "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    "a program": "COPY (SELECT 1) TO PROGRAM 'cat'",
    "a file": "COPY survey_wave TO '/tmp/canary'",
    "a file read": "SELECT pg_read_file('/etc/passwd')",
    "a large object": "SELECT lo_create(0)",
    "a large object from bytes": "SELECT lo_from_bytea(0, 'x')",
    "a large object from a file": "SELECT lo_import('/etc/passwd')",
    "a role": "CREATE ROLE mine",
    "others' passwords": "SELECT * FROM pg_authid",
}
NOT_ANALYSTS = {
    "returns": "SELECT 1 FROM respondents_return",
    "saves": "SELECT 1 FROM respondents_save",
    "submissions": "SELECT 1 FROM respondents_submission",
    "people": "SELECT 1 FROM accounts_user",
    "messages": "SELECT 1 FROM accounts_message",
    "sessions": "SELECT 1 FROM accounts_session",
    "the audit": "SELECT 1 FROM accounts_auditentry",
    "boards": "SELECT 1 FROM respondents_board",
    "a wave changed": "UPDATE survey_wave SET title = 'x'",
    "a release changed": "DELETE FROM analysis_release",
}


def prepared() -> None:
    """Everything the server is told, in a transaction that is taken back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA other; CREATE TABLE other.things (id int)")
        for line in revoked():
            cursor.execute(line)
    for named in ({"worker": "one"}, {"web": "two"}):  # as often as one likes
        with override_settings(ROLE_PASSWORDS=named):
            call_command("database_roles", verbosity=0)
    return_of("barnet", in_wave=wave())  # afterwards, since a table with rows of this transaction cannot be altered


def revoked() -> list[str]:
    """What server.sql takes from everybody, as psql would run it."""
    text = (ROOT / "config" / "roles" / "server.sql").read_text()
    (asked,) = [part for part in text.split("\\gexec") if "REVOKE EXECUTE" in part]
    with connection.cursor() as cursor:
        cursor.execute(asked[asked.index("SELECT format('REVOKE") :])
        return [line for (line,) in cursor.fetchall()]


@pytest.fixture(scope="module", autouse=True)
def roles(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(prepared, django_db_blocker):
        yield


def code_of(statement: str, *, role: str) -> str:
    """The SQLSTATE with which the server refuses this to the role; empty if it is done."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            if LIMITS[role].is_reader:
                cursor.execute("SET LOCAL transaction_read_only = on")
            cursor.execute(statement)
            cursor.execute("RESET ROLE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", ""))
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES.values())
def test_what_is_nobodys_but_the_owners_is_refused(role: str) -> None:
    done = {what: code_of(statement, role=role) for what, statement in NOT_HERS.items()}

    assert {what: code for what, code in done.items() if code not in {REFUSED, READ_ONLY}} == {}
    assert {done[what] for what in ("a program", "a file read", "a function", "a schema")} <= {REFUSED, READ_ONLY}
    if role != ANALYST:  # who is refused as a reader before rights are looked at
        assert set(done.values()) == {REFUSED}


@pytest.mark.django_db
def test_an_analyst_reads_what_is_frozen_and_nothing_else() -> None:
    done = {what: code_of(statement, role=ANALYST) for what, statement in NOT_ANALYSTS.items()}

    assert {what: code for what, code in done.items() if code not in {REFUSED, READ_ONLY}} == {}
    assert code_of("SELECT content FROM analysis_release", role=ANALYST) == ""
    assert code_of("SELECT content FROM analysis_frozenextract", role=ANALYST) == ""
    assert code_of("SELECT files FROM analysis_keptplan", role=ANALYST) == ""


@pytest.mark.django_db
def test_backups_are_noted_by_the_worker_alone_and_web_takes_answers() -> None:
    columns, values = "name, checked_at, seconds, root, problems", "'', now(), 1, '', '[]'"
    noted = f"INSERT INTO respondents_restorecheck ({columns}) VALUES ({values})"

    assert (code_of(noted, role=WEB), code_of(noted, role=WORKER)) == (REFUSED, "")
    assert code_of("UPDATE accounts_user SET name = name", role=WEB) == ""


@pytest.mark.django_db
def test_no_role_has_or_can_take_the_place_of_another() -> None:
    power = "rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    member = "EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND ({power} OR {member})", [[*LIMITS]])
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_each_role_is_held_to_its_times() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolconfig, rolcanlogin FROM pg_roles WHERE rolname = ANY(%s)", [[*LIMITS]])
        found = {name: (set(told), may) for name, told, may in cursor.fetchall()}

    assert found.keys() == LIMITS.keys()
    for role, limits in LIMITS.items():
        times = {f"statement_timeout={limits.statement}", f"lock_timeout={limits.lock}"}
        assert times | {f"idle_in_transaction_session_timeout={limits.idle}"} <= found[role][0]
        assert {f"{name}={value}" for name, value in LINE.items()} <= found[role][0]
    assert {role for role, (_, may) in found.items() if may} == {WORKER, WEB}  # who was not named a second time stays


@pytest.mark.django_db
def test_a_list_without_passwords_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError, match="ROLE_PASSWORDS names no role"):
        call_command("database_roles", verbosity=0)


def seen(table: str, reach: Reach, *, where: str = "true", verb: str = "SELECT 1 FROM") -> int:
    """How many rows web can reach when the database was told so far; taken back afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        tell(reach)
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        cursor.execute(f"{verb} {table} WHERE {where}")
        found = int(cursor.rowcount)
        cursor.execute("RESET ROLE")
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_web_reaches_the_answers_of_whoever_asks_and_no_others() -> None:
    both, mine = wave("policies"), Board.objects.get(slug="barnet")
    ann, ben = chair(mine), person("ben@example.org")
    for found in both.returns.all():
        save_answers(found, Sending(0, {"C1": 1}), person=ann, now=NOW)
        submit_return(found, person=ann, version=1, now=NOW)
    of_others = f"wave_id = {both.pk} AND board_id <> {mine.pk}"
    tables, of_wave = ("respondents_return", "respondents_save", "respondents_submission"), f"wave_id = {both.pk}"

    assert [seen(table, NOTHING) for table in tables] == [0, 0, 0]
    assert [seen(table, reach_of(ben.pk)) for table in tables] == [0, 0, 0]
    assert [seen(table, reach_of(ann.pk)) for table in tables] == [2, 1, 1]  # that of another wave is unanswered
    assert seen("respondents_return", EVERYTHING, where=of_wave) == 2
    assert seen("respondents_return SET version = 7", reach_of(ann.pk), where=of_others, verb="UPDATE") == 0
    assert seen("respondents_return SET version = 7", reach_of(ann.pk), where=of_wave, verb="UPDATE") == 1
    with pytest.raises(DatabaseError, match="row-level security"):
        seen(f"respondents_return SET board_id = {Board.objects.exclude(pk=mine.pk).get().pk}",
             reach_of(ann.pk), where=of_wave, verb="UPDATE")  # fmt: skip
    assert [seen(table, EVERYTHING, verb="DELETE FROM") for table in tables[1:]] == [0, 0]
    assert connection.cursor().execute("SELECT 1 FROM respondents_save").rowcount == 2  # the owner sees all


@pytest.mark.django_db
def test_a_page_that_reckons_for_long_may_ask_for_the_time_until_its_transaction_ends() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        take_time()
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_a_page_that_forgets_whose_returns_they_are_shows_ones_own(client: Client) -> None:
    sign_in(client, chair(Board.objects.get(slug="barnet")))
    tell(EVERYTHING)  # as a request before this one did

    client.get("/returns/")
    connection.cursor().execute(f"SET LOCAL ROLE {WEB}")
    forgetful = list(Return.objects.values_list("board__slug", flat=True))
    client.logout()
    connection.cursor().execute("RESET ROLE")
    client.get("/sign-in/")
    connection.cursor().execute(f"SET LOCAL ROLE {WEB}")
    nobody = Return.objects.count()
    connection.cursor().execute("RESET ROLE")

    assert (forgetful, nobody) == (["barnet"], 0)
