"""Two texts side by side, line by line, with what did not change left out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

NEAR = 2  # lines that are shown before and after a change
WORDS = {"replace": "Changed", "delete": "Taken out", "insert": "Added", "equal": ""}


@dataclass(frozen=True)
class Row:
    """One line of both texts; `what` is empty where they are alike, `gap` tells how many lines are left out."""

    what: str
    old_number: int | None = None
    old: str = ""
    new_number: int | None = None
    new: str = ""
    gap: str = ""


def side_by_side(old: str, new: str) -> tuple[Row, ...]:
    """Return the lines around every change; nothing if the texts are alike."""
    before, after = old.split("\n"), new.split("\n")
    groups = SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(NEAR)
    return tuple(row for place, group in enumerate(groups) for row in _rows(group, before, after, is_first=place == 0))


def _rows(
    group: list[tuple[str, int, int, int, int]], before: list[str], after: list[str], *, is_first: bool
) -> Iterator[Row]:
    if not is_first:
        yield Row("", gap="Lines that are alike are left out")
    for tag, old_start, old_end, new_start, new_end in group:
        pairs = zip_longest(range(old_start, old_end), range(new_start, new_end))
        for old, new in pairs:
            yield Row(
                what=_what(tag, old, new),
                old_number=None if old is None else old + 1,
                old="" if old is None else before[old],
                new_number=None if new is None else new + 1,
                new="" if new is None else after[new],
            )


def _what(tag: str, old: int | None, new: int | None) -> str:
    if tag == "replace" and old is None:
        return WORDS["insert"]
    return WORDS["delete"] if tag == "replace" and new is None else WORDS[tag]
