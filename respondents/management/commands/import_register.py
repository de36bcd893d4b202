"""manage.py import_register --authorities FILE --boards FILE [--dry-run]"""

from argparse import ArgumentParser
from typing import Any

from accounts.commands import OperatorCommand, read_bytes
from respondents.register.importing import import_register
from respondents.tabular.lines import FileRefused


class Command(OperatorCommand):
    """Loads the register from two files, all of it or nothing."""

    help = "Loads authorities and boards into the register. Nothing is stored if any line of either file is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files."""
        parser.add_argument("--authorities", required=True, metavar="FILE", help="CSV of local authorities")
        parser.add_argument(
            "--boards", required=True, metavar="FILE", help="CSV of boards and the authorities they cover"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports and says what changed."""
        files = read_bytes(options["authorities"]), read_bytes(options["boards"])
        try:
            preview = import_register(*files, dry_run=options["dry_run"])
        except FileRefused as refused:
            self.fail("Nothing was imported.", refused.problems)
        self.stdout.write(str(preview))
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was stored.")
