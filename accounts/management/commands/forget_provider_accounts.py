"""manage.py forget_provider_accounts"""

from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.provider.forgetting import forget_accounts


class Command(OperatorCommand):
    """Run it when OIDC_ISSUER has changed; otherwise nobody who came in by the former one can come in again."""

    help = "Forgets which account at the department's provider is whose: the next sign-in tells it anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Forgets all of them; twice is once."""
        people = forget_accounts(now=timezone.now())
        self.stdout.write(
            f"{people} accounts at the provider are forgotten: each person's next sign-in ties them anew."
        )
