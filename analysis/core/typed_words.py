"""Figures and words for shares in a text that is typed, where they belong in a token (M6, M13, M14)."""

import re
from collections.abc import Iterator

from analysis.core.wording import CLAIMS

# One word alone (“all”, “most”, “none”) says many things that are no share.
_CLAIMS = "|".join(re.escape(words) for words in sorted(CLAIMS, key=len, reverse=True) if " " in words)
_FIGURE = re.compile(r"\d[\d,.]*\s?(?:%|per cent)|\b\d[\d,]* of (?:the )?\d[\d,]*")
_CLAIM = re.compile(rf"\b(?:{_CLAIMS})\b", re.IGNORECASE)
_WHO = r"(?:boards|LSCBs|chairs|returns|respondents)"
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
# What may be a share, and may be none: a person has to look.
_DOUBTFUL = re.compile(
    rf"\b(?:(?:most|nearly all|almost all|few|half) (?:of )?(?:the )?{_WHO}|\d[\d,]* {_WHO}|{_NUMBER} in {_NUMBER}"
    r"|(?:one|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?))\b",
    re.IGNORECASE,
)


def typed_words(text: str) -> Iterator[str]:
    """Yield every figure and every claim of a share that is typed."""
    yield from (found[0] for found in _FIGURE.finditer(text))
    yield from (found[0] for found in _CLAIM.finditer(text))


def doubtful_words(text: str) -> Iterator[str]:
    """Yield what reads like a share or a count of boards and is none of the above: “two thirds”, “44 boards”."""
    rest = _CLAIM.sub(" … ", _FIGURE.sub(" … ", text))
    yield from (found[0] for found in _DOUBTFUL.finditer(rest))
