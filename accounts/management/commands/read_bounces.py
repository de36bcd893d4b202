"""manage.py read_bounces [MAILDIR]"""

import sys
from argparse import ArgumentParser
from mailbox import Maildir, MaildirMessage
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import OperatorCommand
from accounts.outbox.bounces import LARGEST, read_report
from accounts.outbox.fates import note_bounce


class Command(OperatorCommand):
    """Reads notices of messages that could not be delivered and notes them on the messages."""

    help = "Reads delivery status notifications from a Maildir, or one from standard input, and notes what bounced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the notices are."""
        parser.add_argument("maildir", nargs="?", help="the Maildir of BOUNCE_ADDRESS; without it, standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads, notes, and says how many."""
        if not options["maildir"]:
            noted = _note(sys.stdin.buffer.read(LARGEST + 1))
            self.stdout.write("Noted." if noted else "It is no notice of a message of ours that came back for good.")
            return
        box = _box(options["maildir"])
        read = 0
        for key in list(box.iterkeys()):
            message = box[key]
            if "S" not in message.get_flags() and _note(box.get_bytes(key)):
                _mark_as_seen(box, key, message)
                read += 1
        self.stdout.write(f"{read} noted; what is no notice of a message of ours stays in the mailbox unread.")


def _box(path: str) -> Maildir:
    if not (Path(path) / "new").is_dir():
        raise CommandError(f"{path}: is no Maildir (it has no folder “new”). Nothing was read.")
    return Maildir(path, create=False)


def _note(content: bytes) -> bool:
    report = read_report(content)
    return bool(report and report.is_final and note_bounce(report.message, words=report.words, now=timezone.now()))


def _mark_as_seen(box: Maildir, key: str, message: MaildirMessage) -> None:
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
