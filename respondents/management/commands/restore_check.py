"""manage.py restore_check"""

from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from respondents.backups.restoring import check_restore


class Command(OperatorCommand):
    """Proves that the newest backup can be restored."""

    tells_store = True
    help = "Restores the newest backup into a database thrown away again, compares, and keeps the result."

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks and says what came back; ends with 1 where anything differs."""
        checked = check_restore(now=timezone.now())
        if checked.problems:
            self.fail("The restore test failed.", checked.problems)
        told = f"{checked.name}: {checked.submissions} submissions came back as they were sent"
        self.stdout.write(f"{told}, in {checked.seconds:.1f} s.\nRoot {checked.root}")
