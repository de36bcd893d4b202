"""manage.py build_deposit WAVE --release NUMBER --output deposit.zip [--key key.csv]"""

from argparse import ArgumentParser
from typing import Any

from accounts.commands import OperatorCommand, write_whole
from accounts.refusals import Refusal
from analysis.depositing.content import content_of_deposit
from analysis.depositing.keying import key_of
from survey.commands import wave_named
from survey.models import Wave


class Command(OperatorCommand):
    """Builds the deposit of a release here and now, without a worker."""

    help = "Builds the deposit of a release: records, codebooks, tables, checksums, and a script that recounts them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave, the release and the file."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("--release", required=True, type=int, metavar="NUMBER", help="the number of the release")
        parser.add_argument("--output", required=True, metavar="PATH", help="the zip file to write")
        parser.add_argument("--key", metavar="PATH", help="which record is whose: a file to keep apart from all others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Builds, saying what it is at, and writes."""
        from analysis.depositing.bundling import make_deposit  # noqa: PLC0415 -- it prints, which takes long to load

        wave = wave_named(options["wave"])
        release = wave.releases.filter(number=options["release"]).first()
        if release is None:
            self.fail("Nothing was written.", [f"{wave} has no release {options['release']}. {_known(wave)}"])
        try:
            content = make_deposit(content_of_deposit(release), self.say)
            key = key_of(release) if options["key"] else None
        except Refusal as refusal:
            self.fail("Nothing was written.", [refusal.message])
        write_whole(options["output"], content)
        self.stdout.write(f"Wrote {options['output']} ({len(content) // 1024} kB).")
        if key is not None:
            write_whole(options["key"], key)
            self.stdout.write(f"Wrote {options['key']}: keep it apart from the deposit, or erase it.")

    def say(self, doing: str, step: int, steps: int) -> None:
        """One line for each step."""
        self.stdout.write(f"{step} of {steps}: {doing}")


def _known(wave: Wave) -> str:
    numbers = [str(number) for number in wave.releases.order_by("number").values_list("number", flat=True)]
    return f"There are: {', '.join(numbers)}." if numbers else "There is none yet."
