"""manage.py backup"""

from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.refusals import Refusal
from respondents.backups.making import make_backup


class Command(OperatorCommand):
    """Backs up the database while people go on working."""

    help = "Writes one sealed copy of the database and its manifest into BACKUP_FOLDER."

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes it and says what it holds."""
        try:
            made = make_backup(now=timezone.now())
        except Refusal as problem:
            self.fail("There is no new backup.", [problem.message])
        told = f"{made.name}: {made.submissions} submissions, {made.size:,} bytes in {made.seconds:.1f} s."
        self.stdout.write(f"{told}\nRoot {made.root}")
