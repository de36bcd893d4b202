"""What must be said about those who did not answer before any finding is told."""

from collections.abc import Iterable, Iterator, Sequence

from analysis.core.findings import spelled
from analysis.core.protecting import is_withheld
from analysis.core.representativeness import NOTABLE_RESIDUAL, Representativeness, compare_returns
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID
from analysis.core.table import Row, Table
from analysis.outputs.chance import p_named

WITHHELD = (
    "How the {unit} that answered differ from all {unit} by {group} is not told in figures here: some counts in the "
    "table are withheld, [c], and could be worked out from them."
)


def non_response(tables: Iterable[Table], *, unit: str) -> tuple[str, ...]:
    """Return a paragraph on the silent and one for each response table; nothing where there is no response table."""
    response = [table for table in tables if table.kind == "response_rate"]
    return tuple(_paragraphs(response, unit=unit))


def differences(tables: Iterable[Table], *, unit: str) -> tuple[str, ...]:
    """Return what the summary must say first: by what those that answered differ from all (M23)."""
    response = [table for table in tables if table.kind == "response_rate"]
    return tuple(
        f"The {unit} that answered differ from all {unit} by {table.stub_label.lower()}."
        for table in response
        if (found := _compared(table)) is not None and found.differs
    )


def _paragraphs(tables: Sequence[Table], *, unit: str) -> Iterator[str]:
    if tables:
        yield _silent(tables[0], unit=unit)
    for table in tables:
        if any(is_withheld(cell) for cell in table.cells.values()):
            yield WITHHELD.format(unit=unit, group=table.stub_label.lower())
            continue
        found = _compared(table)
        if found is not None:
            yield " ".join(_comparison(table, _groups(table), found, unit=unit))


def _groups(table: Table) -> list[Row]:
    """The levels that can be compared: one with more returns than boards, some of which named no board, cannot."""
    return [row for row in _levels(table) if not _is_overfull(table, row)]


def _levels(table: Table) -> list[Row]:
    return [row for row in table.rows if not (row.total or row.apart)]


def _is_overfull(table: Table, row: Row) -> bool:
    return _count(table, row.id, "returns") > _count(table, row.id, "eligible_boards")


def _compared(table: Table) -> Representativeness | None:
    rows = _groups(table)
    return compare_returns(
        [_count(table, row.id, "returns") for row in rows],
        eligible=[_count(table, row.id, "eligible_boards") for row in rows],
    )


def _silent(table: Table, *, unit: str) -> str:
    returns, eligible = _count(table, TOTAL_ID, "returns"), _count(table, TOTAL_ID, "eligible_boards")
    silent = eligible - returns
    return (
        f"{spelled(silent)} of the {eligible:,} {unit} made no return, and what they would have answered is not known. "
        f"An answer that k returns give is held by k {unit} at least and by k + {silent:,} at most, whatever the rest "
        f"think. Nobody was drawn at random: those who answered chose to. Every finding is about the {unit} that "
        "answered."
    )


def _comparison(table: Table, rows: Sequence[Row], found: Representativeness, *, unit: str) -> Iterator[str]:
    group = table.stub_label.lower()
    differ = "differ" if found.differs else "do not differ more than chance would have it"
    yield (
        f"The {unit} that answered {differ} from all {unit} by {group} (X² = {found.statistic:.1f} with "
        f"{found.degrees} degrees of freedom, {p_named(found.p)} {'exactly' if found.is_exact else 'by simulation'})."
    )
    yield _evenness(found)
    for words, sign in (("More answered than expected", 1), ("Fewer answered than expected", -1)):
        named = [
            row.label for row, residual in zip(rows, found.residuals, strict=True) if sign * residual > NOTABLE_RESIDUAL
        ]
        if named:
            yield f"{words}: {', '.join(named)}."
    overfull = [row.label for row in _levels(table) if _is_overfull(table, row)]
    if overfull:
        yield f"Left out of this comparison, with more returns than {unit}: {', '.join(overfull)}."
    unplaced = _count(table, NOT_SPECIFIED_ID, "returns")
    if unplaced:
        yield f"Left out of this comparison: {unplaced:,} returns that name no {group}."


def _evenness(found: Representativeness) -> str:
    """The indicator, never without what chance alone would give."""
    each = found.indicator
    return (
        f"The indicator of representativeness is {each.r:.2f}, where 1 is perfectly even and random silence would give "
        f"{each.low:.2f} to {each.high:.2f}; at the worst a share may be shifted by {100 * each.worst_bias:.0f} points."
    )


def _count(table: Table, row: str, column: str) -> int:
    return table.cell(row, column).count or 0
