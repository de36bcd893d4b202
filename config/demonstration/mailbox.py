"""The messages that the demonstration wrote to files instead of sending them."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

_SEPARATOR = b"-" * 79


@dataclass(frozen=True)
class Letter:
    """One message as its reader would see it."""

    to: str
    subject: str
    sent: str
    text: str


def latest_letters(folder: Path, *, limit: int = 20) -> list[Letter]:
    """The last messages written to the folder, newest first."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:limit]
    return [_read(path.read_bytes().split(_SEPARATOR)[0]) for path in files]


def _read(content: bytes) -> Letter:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent=str(message["Date"]),
        text=body.get_content().rstrip() if body else "",
    )
