"""Files of ours that a PDF carries, such as the figures of its tables."""

from dataclasses import dataclass
from datetime import UTC, datetime

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the same document has the same bytes on any day


@dataclass(frozen=True, slots=True)
class Attached:
    """One file: how it is called, what it holds, and its content."""

    name: str
    words: str
    content: bytes
