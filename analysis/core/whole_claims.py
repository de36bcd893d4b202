"""Words for a share of all boards: they need more than the boards that answered (M14).

Source: exact inversion of the hypergeometric test; both limits, in boards, must bear the words out, and those that
answered must not differ from all by a group of a response table (M23).
"""

import re
from collections.abc import Iterable

from analysis.core.intervals import exact_interval
from analysis.core.representativeness import compare_returns
from analysis.core.table import Table
from analysis.core.wording import holds_for_population

_ALL = r"^\s+of\s+(?:all\s+)?(?:the\s+)?(?:all\s+)?(?:England’s\s+|English\s+)?(?:{unit}|boards|LSCBs)\b"
_ANSWERED = r"(?!\s+(?:that|which|who)\s+(?:have\s+|had\s+)?(?:answered|replied|responded|returned|made\s+a\s+return))"


def speaks_of_all(after: str, *, unit: str) -> bool:
    """Return whether words for a share, with this text after them, are of all boards: “most” “ of LSCBs agree”."""
    return bool(re.match(_ALL.format(unit=re.escape(unit)) + _ANSWERED, after, re.IGNORECASE))


def why_not_of_all(way: str, count: int, *, base: int, boards: int, unit: str, tables: Iterable[Table]) -> str:
    """Return why `way` may not be said of all boards where so many of the base answered; nothing where it may.

    `boards` is of how many the base is a part, 0 where nobody knows.
    """
    said, hint = f"“{way}” is said of all {unit}", f"Say “{way} of the {unit} that answered”."
    if not boards:
        return f"{said}, and it is not known of how many. {hint}"
    found = exact_interval(count, n=base, population=boards)
    low, high = found.low_count, found.high_count
    if not all(holds_for_population(way, low_count=each, population=boards, differs=False) for each in (low, high)):
        return f"{said}, where {low:,} to {high:,} of {boards:,} is what is likely. {hint}"
    return (
        f"{said}, and those that answered differ from all, or may. {hint}" if base < boards and differ(tables) else ""
    )


def differ(tables: Iterable[Table]) -> bool:
    """Return whether those that answered differ from all by any response table, or counts are withheld there."""
    return any(_differs(table) for table in tables if table.kind == "response_rate")


def _differs(table: Table) -> bool:
    rows = [row for row in table.rows if not (row.total or row.apart)]
    pairs = [(table.cell(row.id, "returns").count, table.cell(row.id, "eligible_boards").count) for row in rows]
    known = [(made, of) for made, of in pairs if made is not None and of is not None]
    if len(known) < len(pairs):
        return True
    whole = [(made, of) for made, of in known if made <= of]
    found = compare_returns([made for made, _ in whole], eligible=[of for _, of in whole])
    return found is not None and found.differs
