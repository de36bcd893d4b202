"""manage.py migrate"""

import time
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection

from accounts.commands import store
from accounts.store.owner import become_owner
from config.migrating.beside import built_beside
from config.roles.applying import apply_roles

LOCKED = "55P03"  # lock_timeout
LONGEST_WAIT, PAUSE, ATTEMPTS = "500ms", 1.0, 120
HELD = "Something held a lock for two minutes, so this migration was not done. Find it in pg_stat_activity."


class Command(DjangoMigrate):
    """Django's own, by the owner, in nobody's way for longer than half a second; then the roles get their rights."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As the owner, whom the checks before it need too: in an empty database there is no other role yet."""
        if options["database"] == DEFAULT_DB_ALIAS:
            become_owner()
        if options["check_unapplied"]:
            self.stderr.write(f"Looking at {store()}.")
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates. A migration that cannot have its lock is taken back whole and tried again, for two minutes."""
        if options["database"] != DEFAULT_DB_ALIAS or connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        for attempt in range(1, ATTEMPTS + 1):
            if self._has_migrated(*args, **options):
                break
            if attempt == ATTEMPTS:
                raise CommandError(HELD)
            self.stdout.write(f"A lock was held for {LONGEST_WAIT}; what had begun is taken back. Trying again.")
            time.sleep(PAUSE)

    def _has_migrated(self, *args: Any, **options: Any) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LONGEST_WAIT}'")
        try:
            with connection.execute_wrapper(built_beside(LONGEST_WAIT)):
                super().handle(*args, **options)
            if settings.ROLE_PASSWORDS and not options["plan"] and not options["check_unapplied"]:
                apply_roles(settings.ROLE_PASSWORDS)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCKED:
                raise
            return False
        finally:
            if connection.connection and not connection.needs_rollback:
                connection.cursor().execute("RESET lock_timeout")
        return True
