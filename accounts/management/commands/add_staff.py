"""manage.py add_staff EMAIL --role administrator --name NAME"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.models import STAFF, Role
from accounts.staff.managing import add_staff


class Command(OperatorCommand):
    """Adds a member of staff: the way in for the first administrator, who adds everybody else on the pages."""

    help = "Adds a member of staff. Meant for the first administrator; the others are added on the page “People”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and what they do."""
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=sorted(STAFF))
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Adds them and says how they come in."""
        try:
            added = add_staff(
                options["email"], name=options["name"], role=Role(options["role"]), by=None, now=timezone.now()
            )
        except ValidationError as error:
            self.fail("Nobody was added.", error.messages)
        self.stdout.write(
            f"Added {added} ({added.email}) as {added.role}. They sign in with a code sent to that address."
        )
