"""Who owns the tables. Only commands for operators become the owner; web and workers have rights of their own."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from accounts.refusals import Refusal


class NotHere(Refusal):
    """What was asked for needs PostgreSQL."""

    title = "This needs PostgreSQL"


def owner_address() -> dict[str, str]:
    """How the owner reaches the database, by libpq's names: MIGRATION_DATABASE_URL, or DATABASE_URL where it is empty.

    Raises NotHere for any other database than PostgreSQL.
    """
    kept = connections[DEFAULT_DB_ALIAS].settings_dict
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        raise NotHere("This works on PostgreSQL only. Copy a file of SQLite with its own .backup.")
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    found = {name: str(kept[key]) for name, key in names.items() if kept[key]}
    if settings.MIGRATION_DATABASE_URL:
        told = conninfo_to_dict(settings.MIGRATION_DATABASE_URL)
        found = {name: str(value) for name, value in told.items() if value is not None}
    return found


def become_owner() -> None:
    """From here on this process's own connection is the owner's, where the owner is another than DATABASE_URL names."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or not settings.MIGRATION_DATABASE_URL:
        return
    address = owner_address()
    connection.close()
    names: dict[str, Any] = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    connection.settings_dict.update({key: address.get(name, "") for name, key in names.items()})


def connected(address: Mapping[str, str], *, autocommit: bool = False) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of its own, beside Django's; close it, or use it as a block."""
    return psycopg.connect(make_conninfo("", **address), autocommit=autocommit)
