"""The published answers to one question of another survey: what is known behind them, and what cannot be right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.core.auditor import Discrepancy, PrintedCell, PrintedDistribution, audit_distribution
from analysis.core.beside import OtherFigure, recovered
from analysis.core.percent import percent


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One line of a file: a question of another survey, one answer to it, how many gave it, and the base."""

    number: int
    table: str
    row: str
    option: str
    percent: int | None
    count: int | None
    base: int
    printed: str = ""  # the percentage with its decimals, where it was printed with any

    @property
    def figure(self) -> OtherFigure:
        """The percentage with the count behind it where that is printed or certain; rounded from the count if it is."""
        if self.count is not None or not self.printed:
            count = recovered(self.share, base=self.base) if self.count is None else self.count
            return OtherFigure(self.share, self.base, count)
        behind = counts_printed_as(self.printed, base=self.base)
        if len(behind) != 1:
            return OtherFigure(self.share, self.base, None)
        return OtherFigure(percent(behind[0], self.base), self.base, behind[0])

    @property
    def is_impossible(self) -> bool:
        """Whether no whole number of the base is the percentage with its decimals."""
        return bool(self.printed) and not counts_printed_as(self.printed, base=self.base)

    @property
    def share(self) -> int:
        """The percentage as printed, else that of the count."""
        return percent(self.count or 0, self.base) if self.percent is None else self.percent


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """All answers to one question, in the order of the file."""

    table: str
    row: str
    lines: tuple[PublishedLine, ...]

    @property
    def base(self) -> int:
        """How many were asked."""
        return self.lines[0].base

    @property
    def where(self) -> str:
        """The lines of the file, in words."""
        first, last = self.lines[0].number, self.lines[-1].number
        return f"line {first}" if first == last else f"lines {first} to {last}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the auditor says of one column: the counts behind it, and every sentence on what cannot be right."""

    counts: str
    wrong: tuple[str, ...]


def counts_printed_as(printed: str, *, base: int) -> range:
    """Return the counts of the base that are this percentage at its decimals, halves rounded up: “40.4” of 57 is 23."""
    whole, _, decimals = printed.partition(".")
    unit = 10 ** len(decimals)
    target = int(whole) * unit + int(decimals or 0)
    # round(100 * unit * k / base) is the target: k is at least (2 target - 1) base / (200 unit) and below the next.
    low, beyond = (-(-(2 * each - 1) * base // (200 * unit)) for each in (target, target + 1))
    return range(max(low, 0), min(beyond, base + 1))


def columns_of(lines: Sequence[PublishedLine]) -> tuple[PublishedColumn, ...]:
    """Return the lines by question, in the order of the file."""
    names = list(dict.fromkeys((line.table, line.row) for line in lines))
    by_name = sorted(lines, key=lambda line: names.index((line.table, line.row)))
    found = groupby(by_name, key=lambda line: (line.table, line.row))
    return tuple(PublishedColumn(table, row, tuple(each)) for (table, row), each in found)


def verdict_on(column: PublishedColumn, *, is_whole: bool) -> Verdict:
    """Return the auditor's verdict; a column that does not print all answers of its scale may add to less."""
    cells = tuple(PrintedCell(line.option, line.count, line.percent) for line in column.lines)
    found = audit_distribution(PrintedDistribution(column.table, column.row, column.base, cells))
    wrong = [each.sentence for each in found if is_whole or not _is_shortfall(each, column)]
    base, lines = f"{column.base:,}", [line for line in column.lines if line.is_impossible]
    impossible = (f"{line.option}: no whole number of {base} is {line.printed}%." for line in lines)
    told = dict.fromkeys((*wrong, *_overfull(column), *impossible))
    return Verdict(_counts_in_words(column), tuple(told))


def _counts_in_words(column: PublishedColumn) -> str:
    told = ", ".join(f"{line.option} {_count_in_words(line)}" for line in column.lines)
    return f"{told}; of {column.base:,}"


def _count_in_words(line: PublishedLine) -> str:
    return "not certain" if line.figure.count is None else f"{line.figure.count:,}"


def _is_shortfall(found: Discrepancy, column: PublishedColumn) -> bool:
    """Whether all that is wrong is that the column adds to less than its base."""
    total = sum(line.share for line in column.lines)
    return found.kind in {"column_overflow", "row_sum"} and total <= 100


def _overfull(column: PublishedColumn) -> Iterator[str]:
    """Percentages that add to more than rounding explains, half a point for each, where nothing else told it."""
    total = sum(line.share for line in column.lines)
    if 2 * total > 200 + len(column.lines) and any(line.figure.count is None for line in column.lines):
        yield f"The percentages add to {total}: more than rounding explains."
