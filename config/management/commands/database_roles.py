"""manage.py database_roles"""

from typing import Any

from django.conf import settings
from django.db import connection

from accounts.commands import OperatorCommand
from accounts.store.owner import become_owner
from config.roles.applying import apply_roles
from config.roles.plan import ROLES

NAMELESS = (
    "ROLE_PASSWORDS names no role. Write web=…; worker=…; analyst=… with the password of each role that is to have "
    "one; the others stay as they are."
)


class Command(OperatorCommand):
    """Run it after every `migrate`, and whenever a password changes."""

    help = "Makes the roles of web, worker and analyst with their rights and time limits, as often as one likes."

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As the owner."""
        become_owner()
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Gives the rights and says who may sign in."""
        if connection.vendor != "postgresql":
            self.fail("No role was made.", ["SQLite knows no roles; this is for PostgreSQL."])
        passwords = settings.ROLE_PASSWORDS
        if not passwords:
            self.fail("No role was changed.", [NAMELESS])
        left = apply_roles(passwords)
        for kind, role in ROLES.items():
            self.stdout.write(f"{role}: {'has the password given' if kind in passwords else _standing(role)}")
        for sentence in left:
            self.stderr.write(sentence)


def _standing(role: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", [role])
        (may,) = cursor.fetchone() or (False,)
    return "signs in as before" if may else "has never had a password, and cannot sign in"
