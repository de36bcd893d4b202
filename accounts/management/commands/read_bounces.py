"""manage.py read_bounces [MAILDIR]"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.outbox.bounces import LARGEST
from accounts.outbox.maildir import NoMaildir, note_notice, read_maildir


class Command(OperatorCommand):
    """Reads notices of messages that could not be delivered and notes them on the messages."""

    help = "Reads delivery status notifications from a Maildir, or one from standard input, and notes what bounced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the notices are."""
        parser.add_argument("maildir", nargs="?", help="the Maildir of BOUNCE_ADDRESS; without it, standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads, notes, and says how many."""
        now = timezone.now()
        if not options["maildir"]:
            noted = note_notice(sys.stdin.buffer.read(LARGEST + 1), now=now)
            self.stdout.write("Noted." if noted else "It is no notice of a message of ours that came back for good.")
            return
        try:
            read = read_maildir(options["maildir"], now=now)
        except NoMaildir as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(f"{read} noted; what is no notice of a message of ours stays in the mailbox unread.")
