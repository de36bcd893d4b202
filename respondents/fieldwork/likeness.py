"""Names of boards that may be the same board twice. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

LIKE = 0.92
_COMMON = frozenset({"local", "safeguarding", "children", "childrens", "board", "lscb", "the", "and", "of"})


def near_duplicates(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of names that differ by common words, marks or a letter or two, among those that begin alike."""
    by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
    pairs = []
    for name in names:
        bare = _bare(name)
        alike = by_start[bare[:2]]
        pairs += [(other, name) for other_bare, other in alike if _is_like(bare, other_bare)]
        alike.append((bare, name))
    return tuple(pairs)


def _bare(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("’", "").replace("'", "").replace("&", " and "))
    return " ".join(word for word in words if word not in _COMMON)


def _is_like(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE
