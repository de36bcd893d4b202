"""Rows that are written once: changes are refused by the model, by the queryset and by the database itself."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

M = TypeVar("M", bound=models.Model, covariant=True)


class AppendOnlyViolation(TypeError):
    """Somebody tried to alter a row that is kept as it was written."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Reads and adds; never changes or removes."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyViolation(f"{self.model.__name__} rows are written once; add a new one instead.")

    update = bulk_update = delete = _refuse


class AppendOnlyModel(models.Model):
    """A row that can be added and read, and nothing else. Its manager comes from an `AppendOnlyQuerySet`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; refuses to change one that is already there."""
        if not self._state.adding:
            raise AppendOnlyViolation(f"{type(self).__name__} rows are written once; add a new one instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuses."""
        raise AppendOnlyViolation(f"{type(self).__name__} rows are kept.")


class Guard(Operation):
    """A migration step on tables alone; `RunPython` would make every model anew for each step."""

    def __init__(
        self, put_up: Callable[[BaseDatabaseSchemaEditor], None], take_down: Callable[[BaseDatabaseSchemaEditor], None]
    ) -> None:
        self.put_up, self.take_down = put_up, take_down

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model is changed."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.put_up(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.take_down(schema_editor)

    def describe(self) -> str:
        return "The database refuses changes"


_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'rows of %% are written once', TG_TABLE_NAME; END $$""",
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
)
_SQLITE = (
    """CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END""",
)


def forbid_updates(*tables: str) -> Guard:
    """A migration step after which the database itself refuses to update rows of these tables."""

    def forward(editor: BaseDatabaseSchemaEditor) -> None:
        statements = _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL
        for table in tables:
            for statement in statements:
                editor.execute(statement.format(table=table), params=[])

    def backward(editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            on_table = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
            editor.execute(f"DROP TRIGGER {table}_append_only{on_table}")

    return Guard(forward, backward)


_COLUMN_POSTGRESQL = (
    *_POSTGRESQL[:1],
    """CREATE TRIGGER {table}_{column}_kept BEFORE UPDATE OF {column} ON {table} FOR EACH ROW
    WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION refuse_change()""",
)
_COLUMN_SQLITE = (
    """CREATE TRIGGER {table}_{column}_kept BEFORE UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NEW.{column}
    BEGIN SELECT RAISE(ABORT, '{column} of {table} is written once'); END""",
)


def forbid_changing(table: str, column: str) -> Guard:
    """A migration step after which the database itself refuses to change this column of a row."""

    def forward(editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _COLUMN_SQLITE if editor.connection.vendor == "sqlite" else _COLUMN_POSTGRESQL:
            editor.execute(statement.format(table=table, column=column), params=[])

    def backward(editor: BaseDatabaseSchemaEditor) -> None:
        on_table = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER {table}_{column}_kept{on_table}")

    return Guard(forward, backward)
