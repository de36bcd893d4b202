"""Figures and words for shares that were typed into a sentence instead of taken from a cell (M13, M14)."""

import re
from collections.abc import Iterator

from analysis.core.document.nodes import Citation, Sentence, Text
from analysis.core.wording import CLAIMS

# One word alone (“all”, “most”, “none”) says many things that are no share.
_CLAIMS = "|".join(re.escape(words) for words in sorted(CLAIMS, key=len, reverse=True) if " " in words)
_FIGURE = re.compile(r"\d[\d,.]*\s?(?:%|per cent)|\b\d[\d,]* of (?:the )?\d[\d,]*")
_CLAIM = re.compile(rf"\b(?:{_CLAIMS})\b", re.IGNORECASE)
HINT = "Take it from a cell, as in {table_5.agree:of} or {table_5.agree:most}, or cite the work that it comes from."


def typed_in(sentence: Sentence) -> Iterator[str]:
    """Yield what is typed where a token belongs; a sentence that cites a work may hold the figures of that work."""
    if any(isinstance(part, Citation) for part in sentence.parts):
        return
    for part in sentence.parts:
        if isinstance(part, Text):
            yield from (found[0] for found in _FIGURE.finditer(part.text))
            yield from (found[0] for found in _CLAIM.finditer(part.text))
