"""What is wrong with a publication's figures, found from the figures alone.

Nothing is corrected here: every discrepancy is told in a sentence, with what would be right where that is certain.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.core.percent import percent
from analysis.core.references import counts_behind
from analysis.core.wording import is_borne_out

FEWEST_TELLING = 3  # a row with fewer counts above nought may well be the same as another by chance


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that cannot be right: its kind, where it stands, and why, in a sentence."""

    kind: str
    table: str
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One option's figures as printed: a count, a whole percentage, or both."""

    name: str
    count: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class PrintedDistribution:
    """Figures that share out one base: a row of counts with percentages, or a column of percentages alone."""

    table: str
    name: str
    base: int
    cells: tuple[PrintedCell, ...]
    are_shares: bool = False

    @property
    def counts(self) -> tuple[int | None, ...]:
        """The printed counts in their order."""
        return tuple(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A response rate as printed, with the units that could have answered on each register."""

    table: str
    name: str
    returns: int
    percent: int
    eligible: Mapping[str, int]

    def fits(self, register: str) -> bool:
        """Whether the rate is the one on this register."""
        return percent(self.returns, self.eligible[register]) == self.percent


@dataclass(frozen=True, slots=True)
class PrintedClaim:
    """A sentence's figure: k of n, said as a whole percentage or in words."""

    name: str
    k: int
    n: int
    said: int | str


def audit_distribution(printed: PrintedDistribution) -> tuple[Discrepancy, ...]:
    """Return what is wrong within one distribution.

    Where counts are printed: they add to the base, each percentage is that of its count, and shares of a whole add to
    what those of their counts do. Where only percentages are: each comes from a whole count, and these add to the base;
    a column with an impossible percentage is not tried for its sum.
    """
    found = _with_counts(printed) if all(count is not None for count in printed.counts) else _without_counts(printed)
    return tuple(Discrepancy(kind, printed.table, printed.name, sentence) for kind, sentence in found)


def audit_rows(rows: Sequence[PrintedDistribution]) -> tuple[Discrepancy, ...]:
    """Return the pairs of rows of one table whose counts are the same throughout: one was probably copied."""
    return tuple(
        Discrepancy(
            "duplicate_row",
            other.table,
            f"{one.name}, {other.name}",
            f"“{one.name}” and “{other.name}” have the same {len(one.cells)} figures: one may be a copy of the other.",
        )
        for one, other in combinations(rows, 2)
        if one.counts == other.counts and sum(bool(count) for count in one.counts) >= FEWEST_TELLING
    )


def audit_rates(rates: Sequence[PrintedRate], *, stated: str) -> tuple[Discrepancy, ...]:
    """Return the rates that fit no register, and whether a table stands on another register than the one stated."""
    wrong = [rate for rate in rates if not any(rate.fits(register) for register in rate.eligible)]
    found = [Discrepancy("response_rate", rate.table, rate.name, _unexplained(rate)) for rate in wrong]
    registers = {register for rate in rates for register in rate.eligible}
    fitting = {register for register in registers if all(rate.fits(register) for rate in rates)}
    if fitting and stated not in fitting:
        units = " or ".join(f"{sum(rate.eligible[name] for rate in rates)} {name}" for name in sorted(fitting))
        failing = ", ".join(rate.name for rate in rates if not rate.fits(stated))
        sentence = f"The rates are on {units}, not on {stated}; on {stated} they would differ for {failing}."
        found.append(Discrepancy("population", rates[0].table, "", sentence))
    return tuple(found)


def audit_unattributed(counts: Mapping[str, int]) -> tuple[Discrepancy, ...]:
    """Return that tables of the same returns leave different numbers of them out of their groups."""
    if len(set(counts.values())) < 2:
        return ()
    told = " and ".join(f"{number} in {table}" for table, number in counts.items())
    return (Discrepancy("not_specified", "", "", f"The same returns are not specified in different numbers: {told}."),)


def audit_heading(
    table: str, *, heading: str, rows: Iterable[str], classifications: Mapping[str, Iterable[str]]
) -> tuple[Discrepancy, ...]:
    """Return that a heading names a classification that holds none of the table's rows, where another holds them."""
    named = {row.casefold() for row in rows}
    right = [name for name, groups in classifications.items() if named & {group.casefold() for group in groups}]
    wrong = [name for name in classifications if name.casefold() in heading.casefold() and name not in right]
    return tuple(
        Discrepancy("header", table, heading, f"The heading speaks of {name}; the rows are by {' and '.join(right)}.")
        for name in wrong
        if right
    )


def audit_claims(claims: Iterable[PrintedClaim]) -> tuple[Discrepancy, ...]:
    """Return the claims that their counts do not bear out."""
    return tuple(
        Discrepancy("narrative", "", claim.name, sentence)
        for claim in claims
        for sentence in [_unborne(claim)]
        if sentence
    )


def _with_counts(printed: PrintedDistribution) -> Iterator[tuple[str, str]]:
    total = sum(count or 0 for count in printed.counts)
    if total != printed.base:
        yield "row_sum", f"The counts add to {total}, the base is {printed.base}."
    kind = "share_of_returns" if printed.are_shares else "cell_percent"
    for cell in printed.cells:
        share = percent(cell.count or 0, printed.base)
        if cell.percent is not None and cell.percent != share:
            yield kind, f"{cell.name}: {cell.count} of {printed.base} is {share}%, printed {cell.percent}%."
    said = sum(cell.percent or 0 for cell in printed.cells)
    right = sum(percent(count or 0, printed.base) for count in printed.counts)
    if printed.are_shares and said != right:
        yield "column_total", f"The shares add to {said}; rounded from their counts they add to {right}."


def _without_counts(printed: PrintedDistribution) -> Iterator[tuple[str, str]]:
    behind = {cell.name: counts_behind(cell.percent, base=printed.base) for cell in printed.cells
              if cell.percent is not None}  # fmt: skip
    impossible = [cell for cell in printed.cells if cell.percent is not None and not behind[cell.name]]
    for cell in impossible:
        yield "impossible_percent", f"{cell.name}: no whole number of {printed.base} is {cell.percent}%."
    least, most = (sum(counts[end] for counts in behind.values() if counts) for end in (0, -1))
    if behind and not impossible and not least <= printed.base <= most:
        said = sum(cell.percent or 0 for cell in printed.cells)
        nearest, word = (least, "many") if least > printed.base else (most, "few")
        yield (
            "column_overflow",
            (
                f"The percentages add to {said}: the counts behind them are {nearest}, {abs(nearest - printed.base)} "
                f"too {word} for a base of {printed.base}."
            ),
        )


def _unexplained(rate: PrintedRate) -> str:
    bases = [base for base in range(max(rate.returns, 1), 20 * max(rate.returns, 1) + 100)
             if percent(rate.returns, base) == rate.percent]  # fmt: skip
    tried = ", ".join(f"{percent(rate.returns, size)}% of {size} {name}" for name, size in rate.eligible.items())
    only = f"only a base of {bases[0]}" + (f" to {bases[-1]}" if len(bases) > 1 else "") if bases else "no base"
    return f"{rate.name}: {rate.returns} returns are {tried}; {only} gives the printed {rate.percent}%."


def _unborne(claim: PrintedClaim) -> str:
    right = percent(claim.k, claim.n)
    if isinstance(claim.said, int):
        return "" if claim.said == right else f"{claim.k} of {claim.n} is {right}%, the text says {claim.said}%."
    if is_borne_out(claim.said, k=claim.k, n=claim.n):
        return ""
    return f"{claim.k} of {claim.n} ({right}%) is not “{claim.said}”."
