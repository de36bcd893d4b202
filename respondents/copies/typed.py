"""What a person typed, made harmless for documents without a word of it being lost."""

import re

# A document written in XML can hold neither these nor any way to say them.
_UNHOLDABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG = re.compile(r"\S{60,}?(?=[\w!-~])")  # never before what belongs to the character in front of it


def visible(text: str) -> str:
    """The text with the name of each character that no XML document can hold in its place: “[U+0007]”."""
    return _UNHOLDABLE.sub(_name, text)


def breakable(text: str) -> str:
    """The text with places to break a line inside words longer than any line; looking for them costs square time."""
    return _LONG.sub("\\g<0>\u200b", text)


def _name(found: re.Match[str]) -> str:
    return f"[U+{ord(found.group()):04X}]"
