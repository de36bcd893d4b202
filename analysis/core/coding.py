"""Codes of typed answers: who codes how much, and how many boards each code has. Rules M58 to M61."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

ALL_UP_TO, SHARE, FEWEST = 60, 0.20, 30


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a frame. `key` never changes; a code that is retired is kept, and offered no longer."""

    key: str
    name: str
    definition: str
    include: str = ""
    exclude: str = ""
    example: str = ""
    parent: str = ""
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A code on an answer: on the characters from `start` to before `end`, or on the whole where there are none."""

    code: str
    start: int | None = None
    end: int | None = None


def double_coded(answers: Collection[str], *, seed: str) -> frozenset[str]:
    """Return which answers two people code: all of up to 60, otherwise 20%, and at least 30.

    Answers are named by any text. They stand in the order of SHA-256 of seed and name, so that the choice can be
    repeated and nobody makes it. Rule M59.
    """
    if len(answers) <= ALL_UP_TO:
        return frozenset(answers)
    wanted = max(FEWEST, ceil(SHARE * len(answers)))
    return frozenset(sorted(answers, key=lambda each: sha256(f"{seed}:{each}".encode()).hexdigest())[:wanted])


def with_parents(keys: Iterable[str], codes: Sequence[Code]) -> frozenset[str]:
    """Return the codes with those above them, so that a parent has a board once however many of its codes it has."""
    parents = {code.key: code.parent for code in codes if code.parent}
    found: set[str] = set()
    for key in keys:
        at = key
        while at and at not in found:
            found.add(at)
            at = parents.get(at, "")
    return frozenset(found)


def boards_per_code(codings: Iterable[Collection[str]], codes: Sequence[Code]) -> Mapping[str, int]:
    """Count boards, not mentions, for each code of the frame. `codings` holds one collection of codes for each board.

    Codes overlap, so the counts add up to nothing. Rule M61.
    """
    counts = {code.key: 0 for code in codes}
    for keys in codings:
        for key in with_parents(keys, codes):
            if key in counts:
                counts[key] += 1
    return counts
