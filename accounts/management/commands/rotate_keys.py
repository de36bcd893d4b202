"""manage.py rotate_keys"""

from typing import Any

from cryptography.fernet import InvalidToken
from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.second.rotating import encrypt_anew


class Command(OperatorCommand):
    """Run it with the new key before the old one in SECOND_STEP_KEY (or SECRET_KEY); afterwards the old one can go."""

    help = (
        "Encrypts the keys of authenticator apps under the present SECOND_STEP_KEY, or SECRET_KEY where there is none."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypts all of them or none."""
        try:
            rows = encrypt_anew(now=timezone.now())
        except InvalidToken:
            problem = "One was encrypted under a key that no setting holds."
            self.fail("Nothing was changed: add that key to SECOND_STEP_KEY or SECRET_KEY_FALLBACKS.", [problem])
        self.stdout.write(f"{rows} authenticator apps and sets of recovery codes are encrypted under the newest key.")
