"""From a counted cube to finished tables: cells, bases and the notes that the figures call for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.core.beside import caveat_of
from analysis.core.comparison import compare
from analysis.core.cross import Cross
from analysis.core.cross_counts import NOT_ANSWERED_ID, NOT_ASKED_ID
from analysis.core.cross_protection import protected
from analysis.core.cube import Cube, breakdown, count
from analysis.core.multiple import SEVERAL
from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec, MultipleSpec, RatingsSpec, ResponseRateSpec, Spec
from analysis.core.references import Comparator
from analysis.core.reliability import is_unstable
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID, Cells, Place, Population
from analysis.core.table import MARKERS, UNSTABLE, Cell, Table

__all__ = ["Cube", "Population", "breakdown", "count", "tabulate", "tabulate_plan", "whole_tables"]

LEFT_OUT = (
    "{number:,} {boards} of the frame {were} not eligible, having ended or been merged, or twice on the list: no rate "
    "is of {them}, and nothing that {they} sent is counted."
)
ROUNDING = "Percentages may not sum to 100 because of rounding."


def tabulate_plan(cube: Cube, *, plan: Plan, population: Population) -> tuple[Table, ...]:
    """Return every table of the plan; on as many returns as a publication had, with what it printed.

    Further tables follow, each once there is an answer to tabulate. What could identify a board is withheld.
    """
    return tuple(map(protected, whole_tables(cube, plan=plan, population=population)))


def whole_tables(cube: Cube, *, plan: Plan, population: Population) -> tuple[Table, ...]:
    """Return the same tables with nothing withheld, for a release to decide over all of them."""
    tables = tuple(tabulate(cube, population=population, spec=spec, plan=plan) for spec in plan.specs)
    further = tuple(tabulate(cube, population=population, spec=spec, plan=plan) for spec in plan.further)
    if plan.published is not None and cube.total == plan.published.returns:
        tables = compare(tables, published=plan.published)
    return (*tables, *filter(_has_answers, further))


def tabulate(cube: Cube, *, population: Population, spec: Spec, plan: Plan) -> Table:
    """Return one table as a sum over the cube."""
    layout = plan.layout(spec)
    cells = _marked(layout.cells(cube, population), spec=spec, population=population)
    return Table(
        id=spec.id,
        number=spec.number,
        title=spec.title,
        stub_label=spec.stub,
        rows=layout.rows,
        columns=layout.columns,
        cells=cells,
        base_note=layout.base_note(cube, population),
        notes=(
            *spec.notes,
            *(left_out_note(population) if isinstance(spec, ResponseRateSpec) else []),
            *([SEVERAL] if isinstance(spec, MultipleSpec) else []),
            *(layout.remarks(cube, cells) if isinstance(layout, Cross) else []),
            *_comparator_notes(spec, plan.comparators),
            *rounding_note(cells, layout.wholes),
            *shorthand(cells.values()),
        ),
        source=plan.source,
        kind=spec.kind,
        overlaps=isinstance(spec, MultipleSpec) or (isinstance(layout, Cross) and layout.items[0].kind == "multiple"),
        caveat=_caveat(spec, plan),
    )


def _marked(cells: Cells, *, spec: Spec, population: Population) -> Cells:
    """Shares of answers that stand on too little carry the mark of low reliability; response rates are facts.

    A cross-table has marked its own, each for the boards of its group.
    """
    if isinstance(spec, ResponseRateSpec | CrossSpec):
        return cells
    boards = max((sum(levels.values()) for levels in population.boards.values()), default=0)
    return {place: _with_mark(cell, boards=boards) for place, cell in cells.items()}


def _with_mark(cell: Cell, *, boards: int) -> Cell:
    if cell.marker or cell.count is None or not cell.base:
        return cell
    return replace(cell, marker=UNSTABLE) if is_unstable(cell.count, n=cell.base, population=boards) else cell


def _has_answers(table: Table) -> bool:
    if table.kind == "cross":
        no_answers = {NOT_ANSWERED_ID, NOT_ASKED_ID, TOTAL_ID}
        return any(cell.count for _, column, cell in table.walk() if column.id not in no_answers)
    return any(cell.count for row, _, cell in table.walk() if not row.total and row.id != NOT_SPECIFIED_ID)


def _caveat(spec: Spec, plan: Plan) -> str:
    """Who was asked, when, how many, and why the two columns are no trend."""
    if not isinstance(spec, RatingsSpec) or spec.comparator is None:
        return ""
    return caveat_of(plan.comparators[spec.comparator].spec)


def _comparator_notes(spec: Spec, comparators: Mapping[str, Comparator]) -> Iterator[str]:
    if not isinstance(spec, RatingsSpec) or spec.comparator is None:
        return
    for note in comparators[spec.comparator].spec.notes:
        if note.table == spec.id:
            yield f"{note.text} ({note.erratum})" if note.erratum else note.text


def left_out_note(population: Population) -> tuple[str, ...]:
    """Return how many boards of the frame are not in N and why, where there are any. Rule M7."""
    number = population.not_eligible
    words = ("board", "was", "it", "it") if number == 1 else ("boards", "were", "them", "they")
    boards, were, them, they = words
    return (LEFT_OUT.format(number=number, boards=boards, were=were, them=them, they=they),) if number else ()


def rounding_note(cells: Cells, wholes: Iterable[tuple[Place, ...]]) -> tuple[str, ...]:
    """Return the note on rounding where the percentages of a whole do not add to 100. Rule M12."""
    sums = [[cells[place].percent for place in whole] for whole in wholes]
    uneven = any(sum(part or 0 for part in parts) != 100 for parts in sums if None not in parts)
    return (ROUNDING,) if uneven else ()


def shorthand(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield what each marker that is used means."""
    used = {cell.marker for cell in cells}
    return (f"{marker} = {meaning}." for marker, meaning in MARKERS.items() if marker in used)
