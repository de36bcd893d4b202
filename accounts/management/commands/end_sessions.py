"""manage.py end_sessions"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.models import User
from accounts.signed_in.ending import end_all


class Command(OperatorCommand):
    """For an account that may be in other hands, while its owner cannot be reached."""

    help = "Ends every session of the person with this email address; they can sign in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address."""
        parser.add_argument("address", help="the email address of the person")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends them; twice is once."""
        email = str(options["address"]).strip().lower()
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(
                f"Nobody has the address {email}. Look under “Chairs” or “People” for how it is written."
            )
        self.stdout.write(f"{end_all(person, now=timezone.now())} sessions of {person} were ended.")
