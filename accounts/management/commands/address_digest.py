"""manage.py address_digest"""

from argparse import ArgumentParser
from typing import Any

from accounts.commands import OperatorCommand
from accounts.models import User
from accounts.security_log import address_digest


class Command(OperatorCommand):
    """Whoever looks into sign-ins has an address, and the log has none."""

    help = "Says by what digest and number an email address stands in the security log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address."""
        parser.add_argument("address", help="the email address, however it was typed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tells both; somebody whom we do not know has no number."""
        email = str(options["address"]).strip().lower()
        person = User.objects.filter(email=email).first()
        known = f"person={person.pk}" if person else "nobody we know"
        self.stdout.write(f"address={address_digest(email)} {known}")
