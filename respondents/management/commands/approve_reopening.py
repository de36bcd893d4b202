"""manage.py approve_reopening NUMBER"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.refusals import Refusal
from respondents.correspondence.granting import approve_reopening
from respondents.models import ReopeningRequest


class Command(OperatorCommand):
    """Approves a reopening that the only researcher asked for: whoever runs the machine is the second person."""

    help = "Approves a reopening that a researcher asked for, where there is no other researcher to do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which request."""
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Reopens the return and says which."""
        number = options["number"]
        found = ReopeningRequest.objects.select_related("survey_return__board").filter(pk=number).first()
        if found is None:
            self.fail("Nothing was reopened.", [f"There is no request {number}."])
        try:
            made = approve_reopening(found, by=None, now=timezone.now())
        except Refusal as refusal:
            self.fail("Nothing was reopened.", [refusal.message])
        self.stdout.write(f"The return of {found.survey_return.board} is reopened, as {made.asked_by} asked.")
