"""manage.py import_codings WAVE FILE.csv"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand, read_bytes
from analysis.opentext.importing import import_codings
from respondents.tabular.lines import FileRefused
from survey.commands import wave_named


class Command(OperatorCommand):
    """Imports what coders made of answers, all of it or nothing."""

    help = "Imports a CSV file of codings into a wave; the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("file", help="CSV: coder (an email address), board, item, code, passage")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports and says how many codings came in."""
        wave, content = wave_named(options["wave"]), read_bytes(options["file"])
        try:
            outcome = import_codings(wave, content, by=None, now=timezone.now())
        except FileRefused as refused:
            self.fail("Nothing was imported.", refused.problems)
        self.stdout.write(f"{outcome}.")
