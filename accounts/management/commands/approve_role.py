"""manage.py approve_role NUMBER"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.models import RoleRequest
from accounts.refusals import Refusal
from accounts.staff.granting import approve


class Command(OperatorCommand):
    """Approves a role that the only administrator asked for: whoever runs the machine is the second person."""

    help = "Approves a role that an administrator asked for, where there is no other administrator to do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which request."""
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Gives the role and says to whom."""
        found = RoleRequest.objects.filter(pk=options["number"]).first()
        if found is None:
            self.fail("Nothing was approved.", [f"There is no request {options['number']}."])
        try:
            person = approve(found, by=None, now=timezone.now())
        except Refusal as refusal:
            self.fail("Nothing was approved.", [refusal.message])
        self.stdout.write(f"{person} ({person.email}) is {person.role} now, as {found.asked_by} asked.")
