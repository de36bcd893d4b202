"""Another survey's published figures, each put beside the cell of a table that it may stand next to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from analysis.core.plan_document import ComparatorSpec, RatingsSpec, Spec
from analysis.core.references import Comparator, counts_behind
from analysis.core.table import BREAK, NOT_APPLICABLE, NOT_AVAILABLE, Cell, Column, Table, TableKind

BESIDE: frozenset[TableKind] = frozenset({"ratings", "statements", "frequency"})  # what another survey may stand in
OURS = "This survey"
OurPlace = tuple[str, str, str]  # table, row, column of the cell of this survey


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """One published figure: a whole percentage of its base, and the count where it was printed or only one fits."""

    percent: int
    base: int
    count: int | None


@dataclass(frozen=True)
class OtherSurvey:
    """A survey of other people: who was asked, when, on which scale, why it is no trend, and its figures by place."""

    id: str
    label: str
    column: str
    who: str
    when: str
    scale: str
    source: str
    comparability: str
    figures: Mapping[OurPlace, OtherFigure] = field(default_factory=dict)

    @property
    def caveat(self) -> str:
        """What must stand in the title of every table that shows it."""
        bases = " and ".join(f"{base:,}" for base in sorted({each.base for each in self.figures.values()}))
        counted = f" (N = {bases})" if bases else ""
        return f"{self.label}: {self.who}, {self.when}{counted}. {self.comparability}"

    def stands_in(self, table: str) -> bool:
        """Whether any of its figures belongs to this table."""
        return any(place[0] == table for place in self.figures)


def caveat_of(spec: ComparatorSpec) -> str:
    """Return what a plan says of its own comparator, for the title of every table that shows it."""
    return f"{spec.label}: {spec.who}, {spec.when} (N = {spec.base:,}). {spec.comparability}"


def recovered(percent: int, *, base: int) -> int | None:
    """Return the only whole count of the base that rounds to this percentage; none if there is none, or several."""
    counts = counts_behind(percent, base=base)
    return counts[0] if len(counts) == 1 else None


def of_plan(comparator: Comparator, *, specs: Iterable[Spec]) -> OtherSurvey:
    """Return a plan's own comparator in the form of an imported one."""
    spec, ours = comparator.spec, {each.id: each.survey.id for each in specs if isinstance(each, RatingsSpec)}
    figures = {
        (table, f"{panel}.{rating}", f"{agency}.{ours[table]}"): OtherFigure(
            value, spec.base, recovered(value, base=spec.base)
        )
        for (table, panel, agency, rating), value in comparator.percents.items()
        if table in ours
    }
    return OtherSurvey(
        id=spec.id,
        label=spec.label,
        column=spec.column,
        who=spec.who,
        when=spec.when,
        scale="",
        source=spec.file,
        comparability=spec.comparability,
        figures=figures,
    )


def others_in(table: Table) -> tuple[OtherSurvey, ...]:
    """Return the other surveys whose percentages stand in a table, as far as the table tells of them."""
    ours = [column for column in table.columns if "count" in column.measures]
    theirs = {column.id: column for column in table.columns if is_theirs(column, table)}
    ids = dict.fromkeys(id_.rpartition(".")[2] for id_ in theirs)
    return tuple(_read_off(table, other, ours, theirs) for other in ids)


def is_theirs(column: Column, table: Table) -> bool:
    """Whether a column is another survey's: percentages alone are, but for those a table of one item has of its own."""
    if table.kind not in BESIDE or column.measures != ("percent",):
        return False
    return table.kind != "frequency" or column.id != "percentage"


def _read_off(table: Table, other: str, ours: Iterable[Column], theirs: Mapping[str, Column]) -> OtherSurvey:
    pairs = [(mine, theirs[id_]) for mine in ours if (id_ := theirs_of(table, mine, other)) in theirs]
    cells = [(row.id, mine.id, table.cell(row.id, column.id)) for row in table.rows for mine, column in pairs]
    figures = {
        (table.id, row, column): OtherFigure(cell.percent, cell.base, recovered(cell.percent, base=cell.base))
        for row, column, cell in cells
        if cell.percent is not None and cell.base
    }
    heading = pairs[0][1].label
    return OtherSurvey(other, heading, heading, "", "", "", "", "", figures)


def stand_beside(table: Table, other: OtherSurvey) -> Table:
    """Return the table with a column of the other survey beside each of ours that it has figures for, marked [b]."""
    if not other.stands_in(table.id):
        return table
    figures = {place[1:]: figure for place, figure in other.figures.items() if place[0] == table.id}
    pairs = {column.id: theirs_of(table, column, other.id) for column in table.columns}
    told = {column for _, column in figures}
    added = {column: id_ for column, id_ in pairs.items() if column in told}
    if table.kind == "frequency":
        added = {table.columns[0].id: other.id}
    cells = {
        (row.id, id_): _cell(figures.get((row.id, column)), is_asked=_is_asked(table, row.id, column, figures))
        for row in table.rows
        for column, id_ in added.items()
    }
    caveat = " ".join(filter(None, (table.caveat, other.caveat)))
    columns = tuple(_columns(table, added, heading=other.column))
    return replace(table, columns=columns, cells={**table.cells, **cells}, caveat=caveat)


def theirs_of(table: Table, column: Column, other: str) -> str:
    """Return the id of the column in which the other survey stands beside this one of ours."""
    if table.kind == "ratings":
        return f"{column.id.rpartition('.')[0]}.{other}"
    return other if table.kind == "frequency" else f"{column.id}.{other}"


def _columns(table: Table, added: Mapping[str, str], *, heading: str) -> Iterator[Column]:
    """Theirs follow ours under the same head; where answers are rows the one column of theirs comes last."""
    for column in table.columns:
        theirs = added.get(column.id) if table.kind != "frequency" else None
        if theirs is None:
            yield column
            continue
        ours = column if column.group else replace(column, group=column.label, label=OURS)
        yield ours
        yield Column(theirs, heading, group=ours.group, measures=("percent",), apart=column.apart)
    if table.kind == "frequency":
        yield from (Column(id_, heading, measures=("percent",)) for id_ in added.values())


def _is_asked(table: Table, row: str, column: str, figures: Mapping[tuple[str, str], OtherFigure]) -> bool:
    """Whether the other survey printed any answer to the question of this cell."""
    if table.kind == "statements":
        return any(place[0] == row for place in figures)
    panel = f"{row.partition('.')[0]}." if table.kind == "ratings" else ""
    return any(place[1] == column and place[0].startswith(panel) for place in figures)


def _cell(figure: OtherFigure | None, *, is_asked: bool) -> Cell:
    if figure is None:
        return Cell(marker=NOT_AVAILABLE if is_asked else NOT_APPLICABLE)
    return Cell(base=figure.base, percent=figure.percent, marker=BREAK)
