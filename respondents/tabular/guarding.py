"""Text in CSV that a spreadsheet would run begins with an apostrophe; reading takes exactly that one away again."""

import re

# What Excel, LibreOffice or a full-width twin of either begins a formula or command with.
_ACTS = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """The text, with one apostrophe before it if it might act, or if it looks as if it had been guarded."""
    return f"'{text}" if _ACTS.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _ACTS.match(text) else text
