"""manage.py invite WAVE [--board SLUG]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import OperatorCommand
from respondents.fieldwork.inviting import invite_chairs
from survey.commands import wave_named
from survey.counting import counted


class Command(OperatorCommand):
    """Invites the chairs of a wave's boards, each exactly once."""

    help = (
        "Queues an invitation for each current chair of each board. Who was invited before is invited again only where "
        "the address was corrected or the first could not be sent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The wave, and perhaps one board."""
        parser.add_argument("wave", help="the wave's short name")
        parser.add_argument("--board", metavar="SLUG", help="only this board, by its short name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queues and says how many."""
        wave, now = wave_named(options["wave"]), timezone.now()
        if now >= wave.closes_at:
            raise CommandError(f"{wave} has closed. Nobody was invited.")
        boards = [options["board"]] if options["board"] else []
        if boards and not wave.returns.filter(board__slug__in=boards).exists():
            raise CommandError(f"There is no board called “{boards[0]}” in this wave. Nobody was invited.")
        done = invite_chairs(wave, boards=boards, now=now)
        self.stdout.write(f"{counted(done['new'], 'invitation')} queued; {done['old']} had been queued before.")
        if done["again"]:
            self.stdout.write(f"{counted(done['again'], 'invitation')} that had not arrived queued again.")
        if done["without"]:
            self.stdout.write(f"{counted(done['without'], 'board')} without a chair who can sign in: nobody to invite.")
