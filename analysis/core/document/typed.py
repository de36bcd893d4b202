"""Figures and words for shares that were typed into a sentence instead of taken from a cell (M13, M14)."""

from collections.abc import Callable, Iterator

from analysis.core.document.nodes import Citation, Sentence, Text
from analysis.core.typed_words import doubtful_words, typed_words

HINT = "Take it from a cell, as in {table_5.agree:of} or {table_5.agree:most}, or cite the work that it comes from."


def typed_in(sentence: Sentence) -> Iterator[str]:
    """Yield what is typed where a token belongs; a sentence that cites a work may hold the figures of that work."""
    return _found(sentence, typed_words)


def doubtful_in(sentence: Sentence) -> Iterator[str]:
    """Yield what may be typed where a token belongs, as above."""
    return _found(sentence, doubtful_words)


def _found(sentence: Sentence, words_in: Callable[[str], Iterator[str]]) -> Iterator[str]:
    if any(isinstance(part, Citation) for part in sentence.parts):
        return
    for part in sentence.parts:
        if isinstance(part, Text):
            yield from words_in(part.text)
