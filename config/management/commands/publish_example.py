"""manage.py publish_example [--port 8000]: a closed wave with a published report, beside the demonstration's."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.onwards import whole_address
from config.demonstration.preparing import WAVE
from config.demonstration.publishing import HalfWay, publish_example
from config.demonstration.surroundings import PORT
from survey.models import Wave


class Command(BaseCommand):
    """Takes a second wave of the demonstration through every step of a publication."""

    help = "Publishes an example in the demonstration, whether or not it is running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the demonstration listens."""
        parser.add_argument("--port", type=int, default=PORT, help=f"the demonstration's port ({PORT})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publishes, and says where it is."""
        if not settings.DEMONSTRATION or not Wave.objects.filter(slug=WAVE).exists():
            raise CommandError("There is no demonstration in this database yet. Start it first, with: make demo")
        started = perf_counter()
        try:
            found = publish_example(now=timezone.now())
        except HalfWay as half_way:
            raise CommandError(str(half_way)) from None
        address = whole_address(reverse("publications:list"))
        if found is None:
            self.stdout.write(f"The example is published already: {address}")
        else:
            self.stdout.write(f"Published in {perf_counter() - started:.0f} seconds: {address}")
