"""One small table of each kind, made by hand, for the tests of what is made from tables."""

from analysis.core.cell_intervals import showing_intervals, with_interval
from analysis.core.percent import percent
from analysis.core.protecting import hide
from analysis.core.table import BREAK, NOT_APPLICABLE, Cell, Column, Measure, Printed, Row, Table

SURVEYS: tuple[tuple[str, tuple[Measure, ...]], ...] = (("2010", ("percent",)), ("2012", ("count", "percent")))
NOTE = "Percentages may not sum to 100 because of rounding."


def share(count: int, base: int = 57) -> Cell:
    """A count with its percentage."""
    return Cell(count=count, base=base, percent=percent(count, base))


def frequency() -> Table:
    """Answers to one item, with a row set apart and a total."""
    counts = {"agree": 41, "disagree": 14, "not_specified": 2, "total": 57}
    labels = ("Agree", "Disagree", "Not specified", "Total")
    columns = (Column("frequency", "Frequency", measures=("count",)), Column("percentage", "%", measures=("percent",)))
    return Table(
        id="table_5",
        number=5,
        title="Shared understanding",
        stub_label="Response",
        rows=tuple(
            Row(id_, label, total=id_ == "total", apart=id_ == "not_specified")
            for id_, label in zip(counts, labels, strict=True)
        ),
        columns=columns,
        cells={(row, column.id): share(count) for row, count in counts.items() for column in columns},
        base_note="All returns (N = 57).",
        notes=(NOTE,),
        source="Survey of chairs, 2012",
        kind="frequency",
    )


def statements() -> Table:
    """Two statements on a scale of five, one cell of which was published differently."""
    ids = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "not_specified", "total")
    labels = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree", "Not specified", "Total")
    lines = {"relationships": (4, 43, 8, 0, 0, 2, 57), "burden": (1, 8, 12, 31, 3, 2, 57)}
    cells = {
        (row, column): share(count) for row, counts in lines.items() for column, count in zip(ids, counts, strict=True)
    }
    printed = Printed("76", "percent", "E11", "76 makes the row add to 101.")
    cells["relationships", "agree"] = Cell(count=43, base=57, percent=75, printed=printed)
    return Table(
        id="table_7",
        number=7,
        title="Implications of autonomy & less prescription",
        stub_label="Statement",
        rows=(
            Row(
                "relationships", "Is likely to strengthen relationships <with children>", panel="Positive implications"
            ),
            Row("burden", "Places too much responsibility on the frontline", panel="Negative implications"),
        ),
        columns=tuple(Column(id_, label, apart=id_ == "not_specified") for id_, label in zip(ids, labels, strict=True)),
        cells=cells,
        base_note="All returns (N = 57).",
        notes=(),
        source="Survey of chairs, 2012",
        kind="statements",
    )


def ratings() -> Table:
    """Two agencies rated beside an earlier survey that asked about one of them only."""
    columns = tuple(
        Column(f"{agency}.{survey}", survey, group=name, measures=measures)
        for agency, name in (("health", "Health"), ("care", "Children’s social care"))
        for survey, measures in SURVEYS
    )
    rows = (
        Row("trust.good", "Good", panel="Trust"),
        Row("trust.poor", "Poor", panel="Trust"),
        Row("trust.not_specified", "Not specified", panel="Trust", apart=True),
    )
    cells: dict[tuple[str, str], Cell] = {}
    for row, ours, theirs, care in zip(rows, (36, 20, 1), (52, 48, None), (38, 18, 1), strict=True):
        cells[row.id, "health.2012"], cells[row.id, "care.2012"] = share(ours), share(care)
        cells[row.id, "health.2010"] = Cell(base=46, percent=theirs, marker=BREAK if theirs else "[x]")
        cells[row.id, "care.2010"] = Cell(marker=NOT_APPLICABLE)
    return Table(
        id="table_4",
        number=4,
        title="Trust between agencies",
        stub_label="Rating",
        rows=rows,
        columns=columns,
        cells=cells,
        base_note="All returns (N = 57). Earlier survey: N = 46.",
        notes=("[b] = break: these figures are not comparable with the others.",),
        source="Survey of chairs, 2012",
        kind="ratings",
    )


def withheld() -> Table:
    """A table by groups with [c] for what was withheld, a base of its own in each row, and intervals marked [u]."""
    rows = {"north": (9, 3, 12), "south": (14, 26, 40), "all": (23, 29, 52)}
    columns = (Column("yes", "Yes"), Column("no", "No"), Column("total", "Base", measures=("count",)))
    cells = {
        (row, column.id): with_interval(Cell(count=count, base=base, percent=percent(count, base)), population=100)
        for row, (yes, no, base) in rows.items()
        for column, count in zip(columns, (yes, no, base), strict=True)
    }
    found = Table(
        id="table_11",
        number=11,
        title="Help by region",
        stub_label="Region",
        rows=tuple(Row(row, row.title(), total=row == "all") for row in rows),
        columns=columns,
        cells=cells,
        base_note="All returns (N = 52)",
        notes=(),
        source="Survey of chairs, 2012",
        kind="cross",
        marks=("Draft: fieldwork is still open.",),
    )
    return showing_intervals(hide(found, hidden={("north", "no"), ("south", "no")}))
