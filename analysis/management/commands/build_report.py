"""manage.py build_report WAVE --output report.pdf"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand, write_whole
from analysis.refusals import NoPlan
from analysis.reporting import report_of
from survey.commands import wave_named
from survey.printing.pdf import PrintingError


class Command(OperatorCommand):
    """Builds the report of a wave here and now, without a worker."""

    help = "Builds the report of a wave as an accessible PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("--output", required=True, metavar="PATH", help="the PDF to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Builds, saying what it is at, and writes."""
        wave = wave_named(options["wave"])
        try:
            content = report_of(wave, self.say, now=timezone.now())
        except NoPlan as refusal:
            self.fail("Nothing was written.", [refusal.message])
        except PrintingError as error:
            self.fail("Nothing was written.", [error])
        write_whole(options["output"], content)
        self.stdout.write(f"Wrote {options['output']} ({len(content) // 1024} kB).")

    def say(self, doing: str, step: int, steps: int) -> None:
        """One line for each step."""
        self.stdout.write(f"{step} of {steps}: {doing}")
