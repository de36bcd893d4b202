"""What every command for operators has in common: plain sentences on standard error, exit code 0 or 1."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from accounts.store.reach import EVERYTHING, tell


class OperatorCommand(BaseCommand):
    """A command that tells an operator every problem at once and leaves nothing half-done."""

    needs_database = True
    tells_store = False  # for those that say whether all is well: an empty store always is

    def run_from_argv(self, argv: list[str]) -> None:
        """Runs the command; a mistake in the arguments ends with 1, as every other mistake does."""
        try:
            super().run_from_argv(argv)
        except SystemExit as end:
            raise SystemExit(1 if end.code == 2 else end.code) from None

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Runs; a command that needs the database runs only on one that is there and up to date."""
        if self.needs_database:
            _require_current_database()
            tell(EVERYTHING)
        if self.tells_store:
            self.stderr.write(f"Looking at {store()}.")
        return super().execute(*args, **options)

    def fail(self, summary: str, problems: Sequence[object]) -> NoReturn:
        """Ends the command with every problem, one a line, and what was (not) done."""
        raise CommandError("\n".join([*(str(problem) for problem in problems), summary]))


def store() -> str:
    """The database as an operator would name it: its kind, who asks, where it is, what it is called; no password."""
    told = connections[DEFAULT_DB_ALIAS].settings_dict
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    if vendor == "sqlite":
        return f"SQLite, {told['NAME']}"
    return f"PostgreSQL, {told['USER']}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


def _require_current_database() -> None:
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except OperationalError as error:
        raise CommandError(f"The database cannot be reached: {str(error).strip()}. Check DATABASE_URL.") from None
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date: run “manage.py migrate” first.")


def read_bytes(path: str) -> bytes:
    """The file's content, or a CommandError that names the file and the reason."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:  # no system has a file with a zero in its name
        raise CommandError(f"{path}: cannot be read ({getattr(error, 'strerror', error)}).") from None


def write_whole(path: str, content: bytes) -> None:
    """Writes the file whole or not at all; a CommandError names the file and the reason."""
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CommandError(f"{path}: cannot be written ({error.strerror}).") from None
