"""Service: what was erased leaves PostgreSQL's files too, where its rows lie on until their room is used anew."""

import re
from collections.abc import Collection
from functools import partial

from psycopg import Connection, errors, sql

from accounts.store.owner import connected, owner_address
from config.roles.plan import CHANGE, REMOVE, WORKER, rights_of

PATIENCE = "5s"
KEPT = re.compile(r"^([1-9]\d*) dead row versions? cannot be removed yet", re.MULTILINE)


def changing_tables() -> list[str]:
    """The tables from whose rows something can be erased."""
    return sorted(table for table, verbs in rights_of(WORKER).items() if verbs & {CHANGE, REMOVE})


def rewrite_tables(tables: Collection[str]) -> list[str]:
    """Writes these tables anew, as their owner, each locked meanwhile; says which somebody held or may still see.

    A transaction that began before a row was erased keeps that row in the new files too, of which PostgreSQL only says
    so.
    """
    left = []
    with connected(owner_address(), autocommit=True) as line:
        line.execute(sql.SQL("SET lock_timeout = {}").format(sql.Literal(PATIENCE)))
        line.execute("SET statement_timeout = 0")
        for table in tables:
            try:
                is_clear = _rewrite(line, table)
            except errors.LockNotAvailable:
                is_clear = False
            if not is_clear:
                left.append(table)
    return left


def _rewrite(line: "Connection[tuple[object, ...]]", table: str) -> bool:
    """Whether nothing of its old rows had to be kept."""
    said: list[str] = []
    note = partial(_note, said)
    line.add_notice_handler(note)
    try:
        line.execute(sql.SQL("VACUUM (FULL, ANALYZE, VERBOSE) {}").format(sql.Identifier("public", table)))
    finally:
        line.remove_notice_handler(note)
    return not any(KEPT.search(each) for each in said)


def _note(said: list[str], notice: errors.Diagnostic) -> None:
    said.append(notice.message_detail or "")
