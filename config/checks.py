"""System checks of the house: nothing leaves the machine in the clear unseen, and the tables are of this product."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from config.env import Environment
from config.inside import in_the_clear


@register()
def what_leaves_is_protected(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """config.E001 for each connection to another machine that anybody between could read."""
    return problems(settings.ENV)


def problems(environment: Environment) -> list[CheckMessage]:
    """What is wrong in this environment."""
    return [Error(str(way), hint=way.way_out, id="config.E001") for way in in_the_clear(environment)]


@register(Tags.database)
def tables_are_of_this_product(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """config.E002 for each table that lacks what every migration is said to have made: another state made it."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        executor = MigrationExecutor(connection)
    except OperationalError:
        return []  # the role of web is made by the first migration; the command itself says what else is wrong
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return []  # what is missing is still to be made
    return [
        Error(
            f"The table {table} has no {', '.join(missing)}, though every migration is said to be applied.",
            hint="The database was made before the first release. Install anew: docs/operating/README.md, Upgrade.",
            id="config.E002",
        )
        for table, missing in _missing_columns()
    ]


def _missing_columns() -> Iterator[tuple[str, list[str]]]:
    """Each table with the columns that it ought to have and has not."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for about in (model._meta for model in apps.get_models()):  # noqa: SLF001 -- Django documents it
            table, wanted = about.db_table, {str(field.column) for field in about.local_concrete_fields}
            told = connection.introspection.get_table_description(cursor, table) if table in there else []
            if missing := sorted(wanted - {column.name for column in told}):
                yield table, missing
