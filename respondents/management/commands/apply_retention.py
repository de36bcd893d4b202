"""manage.py apply_retention [--dry-run]"""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.periods import kept
from respondents.retention.applying import NotForgotten, apply_retention, due_now


class Command(OperatorCommand):
    """Forgets what has been kept long enough, as the schedule does every night."""

    tells_store = True
    help = "Forgets what has been kept long enough, and says how much of each kind. With --dry-run it only says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether anything is changed."""
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forgets and says how many."""
        now = timezone.now()
        if options["dry_run"]:
            self._say(due_now(now=now), "would be")
            return
        try:
            self._say(apply_retention(now=now), "were")
        except NotForgotten as broken:
            self._say(broken.done, "were")
            self.fail(broken.message, [f"{name}: {error}" for name, error in broken.kinds.items()])

    def _say(self, counts: Mapping[str, int], what: str) -> None:
        for name, number in counts.items():
            self.stdout.write(f"{name}, kept for {kept(name)}: {number} {what} forgotten")
