"""What a person typed, made harmless for documents without a word of it being lost."""

import re

# A document written in XML can hold neither these nor any way to say them.
_UNHOLDABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # the direction of what stands between them does not reach beyond
_CLOSED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}


def visible(text: str) -> str:
    """The text with the name of each character that no XML document can hold in its place: “[U+0007]”."""
    return _UNHOLDABLE.sub(_name, text)


def isolated(text: str) -> str:
    """The text for the middle of a line of ours: its direction, even one it forgot to end, stays its own."""
    open_: list[str] = []
    for character in text:
        if character in _CLOSED_BY:
            open_.append(_CLOSED_BY[character])
        elif open_ and character == open_[-1]:
            open_.pop()
    return f"{_ISOLATE}{text}{''.join(reversed(open_))}{_END_ISOLATE}"


def _name(found: re.Match[str]) -> str:
    return f"[U+{ord(found.group()):04X}]"
