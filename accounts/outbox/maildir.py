"""Service: the notices in the mailbox for what comes back are read once each; other mail stays unread for people."""

import logging
import os
from datetime import datetime
from mailbox import Maildir, MaildirMessage
from pathlib import Path

from django.db import DatabaseError

from accounts.outbox.bounces import read_report
from accounts.outbox.fates import note_bounce

log = logging.getLogger("survey.outbox")


class NoMaildir(Exception):
    """The folder is none in which a mail server leaves messages."""


def read_maildir(path: str, *, now: datetime) -> int:
    """Notes what came back for good, and says how many notices of messages of ours that were."""
    if not os.path.isdir(Path(path) / "new"):  # noqa: PTH112 -- it says no where the path is none, too long or worse
        raise NoMaildir(f"{path}: is no Maildir (it has no folder “new”). Nothing was read.")
    box, read = Maildir(path, create=False), 0
    for key in list(box.iterkeys()):
        try:
            read += _read_one(box, key, now=now)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 -- what a stranger sent must not keep the others from being read
            log.warning("a letter in the mailbox could not be read and stays there: %s", type(error).__name__)
    return read


def _read_one(box: Maildir, key: str, *, now: datetime) -> bool:
    message = box[key]
    is_noted = "S" not in message.get_flags() and note_notice(box.get_bytes(key), now=now)
    if is_noted:
        _mark_as_seen(box, key, message)
    return is_noted


def note_notice(content: bytes, *, now: datetime) -> bool:
    """Whether this is the notice of a message of ours that came back for good; that is noted on the message."""
    report = read_report(content)
    return bool(report and report.is_final and note_bounce(report.message, words=report.words, now=now))


def _mark_as_seen(box: Maildir, key: str, message: MaildirMessage) -> None:
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
