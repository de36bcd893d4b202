"""manage.py apply_retention [--dry-run]"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.periods import kept
from respondents.retention.applying import apply_retention, due_now


class Command(OperatorCommand):
    """Forgets what has been kept long enough, as the schedule does every night."""

    tells_store = True
    help = "Forgets what has been kept long enough, and says how much of each kind. With --dry-run it only says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether anything is changed."""
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forgets and says how many."""
        now, is_dry = timezone.now(), options["dry_run"]
        counts = due_now(now=now) if is_dry else apply_retention(now=now)
        for name, number in counts.items():
            self.stdout.write(f"{name}, kept for {kept(name)}: {number} {'would be' if is_dry else 'were'} forgotten")
