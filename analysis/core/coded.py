"""Tables of what people wrote: boards per code on two named bases, and only what agreement of the coders bears out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.core.agreement import FEWEST_POSITIVES, RELIABLE, TENTATIVE, Publication
from analysis.core.plan_document import CodedSpec
from analysis.core.reliability import is_unstable
from analysis.core.shape import share
from analysis.core.table import MARKERS, NOT_AVAILABLE, UNSTABLE, Cell, Column, Row, Table

OVERLAP = "Codes can overlap: a board may have several, so counts and percentages add up to nothing."
COLUMNS = (
    Column("boards", "Boards", measures=("count",)),
    Column("answered", "% of those that answered", measures=("percent",)),
    Column("submitted", "% of all that submitted", measures=("percent",)),
)


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One code: how many boards have it, and what may be printed of that."""

    code: str
    label: str
    boards: int
    publication: Publication


@dataclass(frozen=True, slots=True)
class CodedBases:
    """How many boards answered, submitted and were asked, and how many answers are in no count yet.

    Of the answers `twice` were coded by two people, `once` by one alone; None where that was not kept.
    """

    answered: int
    submitted: int
    boards: int
    unsettled: int
    twice: int | None = None
    once: int = 0


@dataclass(frozen=True)
class Coded:
    """What the codings of one item come to: the spec of its table, its codes and what they stand on."""

    spec: CodedSpec
    rows: tuple[CodedRow, ...]
    bases: CodedBases

    def table(self, *, source: str) -> Table:
        """Return it as a table."""
        return coded_table(self.spec, self.rows, bases=self.bases, source=source)


def coded_table(spec: CodedSpec, rows: Sequence[CodedRow], *, bases: CodedBases, source: str) -> Table:
    """Return boards per code in the order of the frame; a code that no board has is left out. Rules M60 and M61.

    Counts are boards, percentages whole. A code on fewer than five boards is words, one on which the coders agree too
    little is nothing: both are empty cells, explained below.
    """
    found = [row for row in rows if row.boards]
    cells = {(row.code, column.id): _cell(row, column, bases) for row in found for column in COLUMNS}
    return Table(
        id=spec.id,
        number=spec.number,
        title=spec.title,
        stub_label=spec.stub,
        rows=tuple(Row(row.code, row.label) for row in found),
        columns=COLUMNS,
        cells=cells,
        base_note=f"Boards that answered in words (N = {bases.answered:,}), of {bases.submitted:,} that submitted.",
        notes=(*spec.notes, OVERLAP, *_remarks(found, bases), *_shorthand(list(cells.values()))),
        source=source,
        kind=spec.kind,
    )


def _cell(row: CodedRow, column: Column, bases: CodedBases) -> Cell:
    if row.publication in {Publication.WORDS, Publication.NOTHING}:
        return Cell(marker=NOT_AVAILABLE)
    base = bases.submitted if column.id == "submitted" else bases.answered
    cell = share(row.boards, base=base)
    is_doubtful = row.publication is Publication.UNRELIABLE or is_unstable(row.boards, n=base, population=bases.boards)
    return replace(cell, marker=UNSTABLE) if is_doubtful and not cell.marker else cell


def _remarks(rows: Sequence[CodedRow], bases: CodedBases) -> Iterator[str]:
    yield _coders(bases)
    for publication, words in (
        (Publication.WORDS, f"A small number of boards, fewer than {FEWEST_POSITIVES}: {{}}."),
        (Publication.NOTHING, f"Not shown, since the coders agreed too little (alpha below {TENTATIVE}): {{}}."),
        (
            Publication.UNRELIABLE,
            f"To be read with care, since alpha of the coders is below {RELIABLE:.2f}: {{}}.",
        ),
    ):
        names = "; ".join(row.label for row in rows if row.publication is publication)
        if names:
            yield words.format(names)
    if bases.unsettled:
        yield f"Answers in no count yet, since they are not coded or not decided: {bases.unsettled:,}."


def _coders(bases: CodedBases) -> str:
    """Who coded how many: of more than sixty answers two people code a part. Rule M59."""
    decided = "where they differed, it was decided with a reason."
    if not bases.once or bases.twice is None:
        return f"Two people coded the answers on their own; {decided}"
    return (
        f"Two people coded {bases.twice:,} of {bases.answered:,} answers on their own; {decided} "
        f"{bases.once:,} were coded by one person alone."
    )


def _shorthand(cells: Sequence[Cell]) -> Iterator[str]:
    used = {cell.marker for cell in cells}
    return (f"{marker} = {meaning}." for marker, meaning in MARKERS.items() if marker in used)
