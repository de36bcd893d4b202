"""manage.py restore [--into URL_FILE] [--name NAME]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from accounts.commands import OperatorCommand, read_bytes
from accounts.refusals import Refusal
from accounts.store.owner import owner_address
from respondents.backups.kept import MANIFEST, Manifest, folder, newest
from respondents.backups.restoring import restore_into

AWAY = "No database answers at the address in MIGRATION_DATABASE_URL, or in DATABASE_URL where that is empty."


class Command(OperatorCommand):
    """Restores a backup when the database is lost; so it needs none to start."""

    help = "Restores a backup into an empty database of PostgreSQL and compares what came back with its manifest."
    needs_database = False
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and where to."""
        parser.add_argument(
            "--into", metavar="FILE", help="a file with the address of the empty database; else that of the settings"
        )
        parser.add_argument("--name", help="the backup's name; the newest if it is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restores, and says what came back."""
        try:
            address = _address_in(options["into"]) if options["into"] else owner_address()
            manifest = (
                Manifest.read(folder() / f"{Path(options['name']).name}{MANIFEST}") if options["name"] else newest()
            )
            found = restore_into(manifest, address)
        except Refusal as problem:
            self.fail("Nothing was restored.", [problem.message])
        except (psycopg.Error, UnicodeDecodeError):
            told = f"{options['into']}: no database answers at the address in it." if options["into"] else AWAY
            self.fail("Nothing was restored.", [told])
        if problems := found.problems_against(manifest.facts):
            self.fail(f"{manifest.name} was restored, and is not what was backed up.", problems)
        self.stdout.write(
            f"{manifest.name}: {found.submissions} submissions restored as they were sent.\nRoot {found.root}"
        )


def _address_in(path: str) -> dict[str, str]:
    told = conninfo_to_dict(read_bytes(path).decode().strip())
    return {name: str(value) for name, value in told.items() if value is not None}
