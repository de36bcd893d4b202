"""Indexes that are built beside the work: they hold nobody up, so they may wait for those who look long."""

from collections.abc import Callable
from typing import Any

from django.db import connection

CONCURRENTLY = "INDEX CONCURRENTLY"
LONGEST_LOOK = "10min"
# What an attempt that was given up has left: PostgreSQL keeps it, uses it for nothing, and refuses the name.
UNFINISHED = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT i.indisvalid AND n.nspname = 'public'
"""
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def built_beside(longest_wait: str) -> Callable[..., Any]:
    """For `connection.execute_wrapper`: such a statement waits longer than others, whose wait is `longest_wait`."""

    def run(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 -- as Django calls it
        if CONCURRENTLY not in str(sql).upper() or connection.in_atomic_block:
            return execute(sql, params, many, context)
        execute(f"SET lock_timeout = '{LONGEST_LOOK}'", None, False, context)  # noqa: FBT003 -- as Django calls it
        try:
            _clear()
            return execute(sql, params, many, context)
        finally:
            execute(f"SET lock_timeout = '{longest_wait}'", None, False, context)  # noqa: FBT003 -- as Django calls it

    return run


def _clear() -> None:
    with connection.connection.cursor() as cursor:  # beside Django, so that it is not taken for a migration's own
        unfinished = [name for (name,) in cursor.execute(UNFINISHED).fetchall()]
        for name in unfinished:
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
