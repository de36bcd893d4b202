"""manage.py backup_key"""

from typing import Any

from accounts.commands import OperatorCommand
from respondents.backups.sealing import new_identity, recipient_of


class Command(OperatorCommand):
    """Makes the two keys of backups."""

    help = "Prints a new pair of keys: one seals backups, the other opens them and is kept elsewhere."
    needs_database = False
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints both; neither is kept."""
        identity = new_identity()
        self.stdout.write(f"BACKUP_RECIPIENT={recipient_of(identity)}\nBACKUP_IDENTITY={identity}")
