"""What a migration may not do while the version before it still runs, and while people save.

First expand: new tables, columns that may be empty or have a default in the database, indexes built beside the work.
A release later, when no running code knows the old, contract: `reviewed` in the migration says so, for people to read.
"""

from collections.abc import Iterable, Iterator

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelTable,
    AlterUniqueTogether,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation

# The last migration of each application before the first installation: up to there nothing ran beside it.
BASELINE = {"accounts": 3, "survey": 2, "respondents": 2, "analysis": 3}
OLD_CODE = (RemoveField, DeleteModel, RenameField, RenameModel, AlterModelTable)
REWRITES = (AlterField, AlterUniqueTogether)


def is_new(migration: Migration) -> bool:
    """Whether it came after the baseline, and so meets running code and people."""
    return int(migration.name[:4]) > BASELINE[migration.app_label]


def dangers(migration: Migration) -> list[str]:
    """A sentence for each operation that would break running code or keep people waiting; none once reviewed."""
    if getattr(migration, "reviewed", ""):
        return []
    operations = [*_flat(migration.operations)]
    found = [f"{_named(each)}: {reason}" for each in operations if (reason := _reason(each, migration))]
    if any(isinstance(each, RunPython) for each in operations) and len(operations) > 1:
        found.append(
            "RunPython stands beside other operations, whose locks it would hold: give it a migration of its own."
        )
    return found


def _reason(operation: Operation, migration: Migration) -> str:
    if isinstance(operation, OLD_CODE):
        return "the version that still runs knows the old name; remove it a release later."
    if isinstance(operation, REWRITES):
        return "it may rewrite the table or refuse what running code writes; add a new column beside it."
    if isinstance(operation, AddField) and not _may_be_left_out(operation.field):
        return "running code does not fill it; let it be null, or give it a db_default."
    if type(operation) is AddIndex:
        return "nobody can save while it is built; use AddIndexConcurrently with atomic = False."
    if type(operation) is AddConstraint and not isinstance(operation, AddConstraintNotValid):
        return "every row is checked under a lock; use AddConstraintNotValid, and ValidateConstraint in the next one."
    if isinstance(operation, RunSQL):
        return "nobody but people can tell what it does."
    is_beside = type(operation).__name__.endswith("Concurrently")
    return "it cannot be built beside the work in a transaction; set atomic = False." * (is_beside and migration.atomic)


def _may_be_left_out(field: "models.Field[object, object]") -> bool:
    return field.null or field.many_to_many is True or field.db_default is not models.NOT_PROVIDED


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for each in operations:
        if isinstance(each, SeparateDatabaseAndState):
            yield from _flat(each.database_operations)
        else:
            yield each


def _named(operation: Operation) -> str:
    return f"{type(operation).__name__} ({operation.describe()})"
