"""Service: what was erased leaves PostgreSQL's files too, where its rows lie on until their room is used anew."""

from collections.abc import Collection

from psycopg import errors, sql

from accounts.store.owner import connected, owner_address
from config.roles.plan import CHANGE, REMOVE, WORKER, rights_of

PATIENCE = "5s"


def changing_tables() -> list[str]:
    """The tables from whose rows something can be erased."""
    return sorted(table for table, verbs in rights_of(WORKER).items() if verbs & {CHANGE, REMOVE})


def rewrite_tables(tables: Collection[str]) -> list[str]:
    """Writes these tables anew, as their owner, each locked meanwhile; those that somebody held are told and left."""
    left = []
    with connected(owner_address(), autocommit=True) as line:
        line.execute(sql.SQL("SET lock_timeout = {}").format(sql.Literal(PATIENCE)))
        line.execute("SET statement_timeout = 0")
        for table in tables:
            try:
                line.execute(sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier("public", table)))
            except errors.LockNotAvailable:
                left.append(table)
    return left
