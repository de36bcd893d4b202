"""manage.py import_frame WAVE ITEM FILE.csv"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.commands import OperatorCommand, read_bytes
from analysis.opentext.answers import text_items
from analysis.opentext.framing import import_frame
from respondents.tabular.lines import FileRefused
from survey.commands import wave_named


class Command(OperatorCommand):
    """Imports the coding frame of one item as its next version."""

    help = "Imports a coding frame from a CSV file; a code that the file leaves out is retired."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave, the item and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("item", help="the code of an item that is answered in words, such as F1.details")
        parser.add_argument("file", help="CSV: code, name, definition, include, exclude, example, parent")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports and says which version it is."""
        wave, item, content = wave_named(options["wave"]), options["item"], read_bytes(options["file"])
        if item not in {each.code for each in text_items(wave.questionnaire)}:
            self.fail("Nothing was imported.", [f"{wave} asks nothing in words under {item}."])
        try:
            frame = import_frame(wave, item, content, by=None, now=timezone.now())
        except FileRefused as refused:
            self.fail("Nothing was imported.", refused.problems)
        except ValidationError as error:
            self.fail("Nothing was imported.", error.messages)
        self.stdout.write(f"Version {frame.number} of the frame of {item}: {len(frame.codes)} codes.")
