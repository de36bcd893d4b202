"""manage.py import_returns WAVE FILE.csv [--dry-run]"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand, read_bytes
from respondents.returns.importing import import_returns
from respondents.tabular.lines import FileRefused
from survey.commands import wave_named


class Command(OperatorCommand):
    """Imports returns that were collected elsewhere, all of them or none."""

    help = (
        "Imports a CSV file of returns into a wave. Nothing is stored if any cell is wrong; "
        "the same file twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument(
            "file", help="CSV: return_id, board, authority_type, region, chair, submitted_at, minutes_taken, items"
        )
        parser.add_argument("--dry-run", action="store_true", help="only check the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports and says how many returns came in."""
        wave, content = wave_named(options["wave"]), read_bytes(options["file"])
        try:
            outcome = import_returns(wave, content, now=timezone.now(), dry_run=options["dry_run"])
        except FileRefused as refused:
            self.fail("Nothing was imported.", refused.problems)
        self.stdout.write(f"{outcome}.")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was stored.")
