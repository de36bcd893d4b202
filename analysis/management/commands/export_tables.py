"""manage.py export_tables WAVE --format csv|json|xlsx|ods --output PATH [--frozen NUMBER] [--intervals]"""

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand, write_whole
from analysis.core.tidy import without_intervals
from analysis.covering import covered
from analysis.marking import for_the_team
from analysis.milestones.recording import frozen_standing
from analysis.outputs.formats import FORMATS
from analysis.planning import plan_of
from analysis.refusals import NoPlan, UnusableExtract
from analysis.tabulation import tables_of
from survey.commands import wave_named

AS_PUBLISHED = {"csv", "json"}  # lists that are compared with what was published, line by line


class Command(OperatorCommand):
    """Writes every figure of a wave's tables as one long list."""

    help = "Exports the tables of a wave: one line for each figure, with its base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave, the format and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--output", required=True, metavar="PATH", help="the file to write")
        parser.add_argument("--intervals", action="store_true", help="in CSV and JSON also intervals and bounds")
        parser.add_argument("--frozen", type=int, metavar="NUMBER", help="from the data frozen under this number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tabulates and writes."""
        wave = wave_named(options["wave"])
        try:
            now, number = timezone.now(), options["frozen"]
            frozen = None if number is None else frozen_standing(wave, number, now=now)
            made_of = tables_of(wave, now=now, standing=frozen, number=number)
            tables = for_the_team(made_of, wave=wave, now=now)
            made = covered(tables, wave=wave, plan=plan_of(wave), made=now)
        except (NoPlan, UnusableExtract) as refusal:
            self.fail("Nothing was written.", [refusal.message])
        if options["format"] in AS_PUBLISHED and not options["intervals"]:
            made = replace(made, tables=without_intervals(made.tables))
        write_whole(options["output"], FORMATS[options["format"]].render(made))
        self.stdout.write(f"Wrote {len(tables)} tables to {options['output']}.")
