"""Service: makes the roles and gives each its rights, as often as one likes; what it no longer may is taken away."""

from collections.abc import Iterator, Mapping

from django.db import connection, transaction
from psycopg import pq, sql

from config.roles.plan import LIMITS, LINE, ROLES, rights_of
from config.roles.policies import KNOWN
from config.roles.policies import statements as policy_statements

LARGE_OBJECTS = "SELECT has_function_privilege(%s, 'pg_catalog.lo_create(oid)', 'EXECUTE')"
Statement = sql.Composed | sql.SQL


@transaction.atomic
def apply_roles(passwords: Mapping[str, str]) -> list[str]:
    """Gives every role its rights, and a password to those that are named: others sign in as before, a new one not yet.

    Says what only a superuser could do.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone() or ("",)
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES.values())])
        known = {name for (name,) in cursor.fetchall()}
        statements = [*_shut(database)]
        for kind, role in ROLES.items():
            statements += [*_made(role, password=passwords.get(kind, ""), is_new=role not in known)]
            statements += [*_given(role, database=database)]
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))
        cursor.execute(KNOWN)
        standing = {(table, name): mark for table, name, mark in cursor.fetchall()}
        for told in policy_statements(standing):
            cursor.execute(told)
        cursor.execute(LARGE_OBJECTS, [next(iter(ROLES.values()))])
        (has_large_objects,) = cursor.fetchone() or (False,)
    return ["Large objects are open to every role: run config/roles/server.sql as a superuser."] * has_large_objects


def _shut(database: str) -> Iterator[Statement]:
    """What PostgreSQL gives to everybody is taken from everybody."""
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database))
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")


def _made(role: str, *, password: str, is_new: bool) -> Iterator[Statement]:
    name = sql.Identifier(role)
    if is_new:
        yield sql.SQL("CREATE ROLE {}").format(name)
    bare = "NOCREATEDB NOCREATEROLE NOINHERIT"  # superuser and replication are nobody's unless a superuser gives them
    limits = LIMITS[role]
    many = sql.Literal(limits.connections)
    yield sql.SQL("ALTER ROLE {} {} CONNECTION LIMIT {}").format(name, sql.SQL(bare), many)
    if password:  # the server is told a digest, which no log of statements can give away
        digest = _digest(role, password)
        yield sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(digest))
    told = {
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle,
        "default_transaction_read_only": "on" if limits.is_reader else "off",
        "search_path": "public",
        **LINE,
    }
    for setting, value in told.items():
        yield sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))


def _given(role: str, *, database: str) -> Iterator[Statement]:
    name = sql.Identifier(role)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(name)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), name)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name)
    rights = rights_of(role)
    for verbs in sorted({tuple(sorted(each)) for each in rights.values()}):
        tables = sql.SQL(", ").join(
            sql.Identifier("public", table) for table, each in rights.items() if tuple(sorted(each)) == verbs
        )
        yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(", ").join(map(sql.SQL, verbs)), tables, name)
    if any("INSERT" in each for each in rights.values()):
        yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name)


def _digest(role: str, password: str) -> str:
    connection.ensure_connection()
    driver: pq.abc.PGconn = connection.connection.pgconn
    return driver.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
