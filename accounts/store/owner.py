"""Who owns the tables. Only commands for operators become the owner; web and workers have rights of their own."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from accounts.refusals import Refusal

NAMES = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


class NotHere(Refusal):
    """What was asked for needs PostgreSQL."""

    title = "This needs PostgreSQL"


def owner_address() -> dict[str, str]:
    """How the owner reaches the database, by libpq's names: MIGRATION_DATABASE_URL, or DATABASE_URL where it is empty.

    How the connection is protected (sslmode and the like) is as DATABASE_URL says, unless the other says otherwise.
    Raises NotHere for any other database than PostgreSQL.
    """
    kept = connections[DEFAULT_DB_ALIAS].settings_dict
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        raise NotHere("This works on PostgreSQL only. Copy a file of SQLite with its own .backup.")
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    asked = {name: str(value) for name, value in kept["OPTIONS"].items() if name in known}
    if settings.MIGRATION_DATABASE_URL:
        told = conninfo_to_dict(settings.MIGRATION_DATABASE_URL)
        return asked | {name: str(value) for name, value in told.items() if value is not None}
    return asked | {name: str(kept[key]) for name, key in NAMES.items() if kept[key]}


def become_owner() -> None:
    """From here on this process's own connection is the owner's, where the owner is another than DATABASE_URL names."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or not settings.MIGRATION_DATABASE_URL:
        return
    address = owner_address()
    connection.close()
    changed: dict[str, Any] = {key: address.get(name, "") for name, key in NAMES.items()}
    asked = {name: value for name, value in address.items() if name not in NAMES}
    changed["OPTIONS"] = connection.settings_dict["OPTIONS"] | asked
    connection.settings_dict.update(changed)


def connected(address: Mapping[str, str], *, autocommit: bool = False) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of its own, beside Django's; close it, or use it as a block."""
    return psycopg.connect(make_conninfo("", **address), autocommit=autocommit)
