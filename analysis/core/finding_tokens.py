"""The numbers of a finding: tokens in braces that name a table, a place in it, and how to say what stands there."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from analysis.core.shape import Place
from analysis.core.wording import CLAIMS

OF, PERCENT, COUNT, BASE = "of", "percent", "count", "base"
WAYS = (OF, PERCENT, COUNT, BASE)
_TOKEN = re.compile(r"\{([^{}]*)\}")
EXAMPLE = "{table_5.strongly_agree+agree:of}"


class FindingError(ValueError):
    """A finding that cannot be read, or whose token leads nowhere; says what is wrong and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Token:
    """One number: the table, the selector of its cells, and how to say it (a way, or words for a share)."""

    table: str
    selector: str
    way: str

    @property
    def is_claim(self) -> bool:
        """Whether it is said in words that must be borne out."""
        return self.way not in WAYS

    def __str__(self) -> str:
        return f"{{{self.table}.{self.selector}:{self.way}}}"


def parse(text: str) -> tuple[str | Token, ...]:
    """Return the sentence as words and tokens by turns; FindingError for a brace left open or a token that is none."""
    parts: list[str | Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        parts += [text[end : found.start()], _token(found[1])]
        end = found.end()
    parts.append(text[end:])
    words = [part for part in parts if isinstance(part, str)]
    if any("{" in each or "}" in each for each in words):
        raise FindingError("A brace is left open or closed twice.", f"Write each number as {EXAMPLE}.")
    return tuple(part for part in parts if part != "")


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence in order; FindingError as `parse`."""
    return tuple(part for part in parse(text) if isinstance(part, Token))


def places(token: Token, *, rows: Sequence[str], columns: Sequence[str]) -> tuple[Place, ...]:
    """Return the cells that the token adds up, as row and column.

    The selector is a row, a dot and a column; in either, “+” adds the next option with the same beginning. A row alone
    means the table's first column. FindingError if no cell, or more than one reading, fits.
    """
    parts = token.selector.split(".")
    readings = {
        tuple((row, column) for row in found_rows for column in found_columns)
        for cut in range(1, len(parts) + 1)
        if (found_rows := _expand(".".join(parts[:cut]), rows))
        if (found_columns := _expand(".".join(parts[cut:]), columns) if cut < len(parts) else (columns[0],))
    }
    if len(readings) == 1:
        return next(iter(readings))
    if readings:
        raise FindingError(
            f"“{token.selector}” can be read in {len(readings)} ways in {token.table}.", "Name a column."
        )
    known = ", ".join(rows[:6]) + (", …" if len(rows) > 6 else "")
    hint = f"Its rows are {known}; its columns {', '.join(columns)}."
    raise FindingError(f"{token.table} has no cell “{token.selector}”.", hint)


def _token(inside: str) -> Token:
    place, colon, way = inside.rpartition(":")
    table, dot, selector = place.partition(".")
    if not (colon and dot and table and selector):
        raise FindingError(f"“{{{inside}}}” names no cell.", f"Write a table, a row and a way, as in {EXAMPLE}.")
    if way not in WAYS and way.casefold() not in CLAIMS:
        known = ", ".join([*WAYS, *CLAIMS])
        raise FindingError(f"“{way}” is no way to say a number.", f"Use one of {known}.")
    return Token(table.strip(), selector.strip(), way)


def _expand(selector: str, known: Collection[str]) -> tuple[str, ...]:
    """The ids that a selector adds up, all of which must be known; none otherwise."""
    found = tuple(_options(selector))
    return found if found and set(found) <= set(known) else ()


def _options(selector: str) -> Iterator[str]:
    first, *others = selector.split("+")
    beginning = first[: first.rfind(".") + 1]
    yield first
    for other in others:
        yield other if other.startswith(beginning) else beginning + other


def tables_in(text: str) -> frozenset[str]:
    """Return the ids of the tables that a sentence refers to."""
    return frozenset(part.table for part in parse(text) if not isinstance(part, str))
