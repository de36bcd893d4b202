"""manage.py inside_certificates"""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from config.certificates import SERVICES, write_certificates


class Command(OperatorCommand):
    """Makes what services inside show each other; again before the term is over."""

    help = "Writes a certificate and key for each service into a folder, signed by that folder's own signer."
    needs_database = False
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, for how long, and the further names of hosts."""
        parser.add_argument("--into", required=True, type=Path, help="a folder; its signer is used again if it has one")
        parser.add_argument("--days", type=int, default=397, help="how long they hold (397)")
        parser.add_argument("--host", action="append", default=[], metavar="SERVICE=HOST", help="as database=10.0.0.5")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes them, or says what is wrong with a host."""
        hosts: dict[str, list[str]] = defaultdict(list)
        for told in options["host"]:
            service, _, host = told.partition("=")
            if service not in SERVICES or not host:
                self.fail("Nothing was written.", [f"“{told}” is no SERVICE=HOST with one of {', '.join(SERVICES)}."])
            hosts[service].append(host)
        for path in write_certificates(options["into"], now=timezone.now(), days=options["days"], hosts=hosts):
            self.stdout.write(path)
