"""Numbers with their nouns, and words in a row, as sentences have them."""

from collections.abc import Sequence


def counted(number: int, one: str, many: str = "") -> str:
    """“1 board”, “12 boards”, “1,200 authorities”; `many` is needed where it takes more than an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """“North East, South West and London”."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
