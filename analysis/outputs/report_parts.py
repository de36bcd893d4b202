"""The parts of a survey's report that are made by rule: who answered, how to read it, what differs from print."""

from collections.abc import Iterable, Iterator, Mapping

from analysis.core.document import Exhibit
from analysis.core.document.blocks import Block, ChartBlock, Facts, Items, Line, Paragraph, TableBlock, Words
from analysis.core.document.prose import markdown_line
from analysis.core.outcomes import OUTCOMES
from analysis.core.plan import Plan
from analysis.core.reliability import is_unstable
from analysis.core.table import BREAK, MARKERS, UNSTABLE, Cell, Column, Row, Table
from analysis.outputs.non_response import differences, non_response
from analysis.outputs.report_sources import Sources
from analysis.outputs.silence import PrintedSilence
from analysis.outputs.tables_html import UNITS

SILENT = (
    "“If alike” is the exact interval for all {unit} if those that did not answer are like those that did. “Possible” "
    "is what is certain whatever they think. The last column says how many of the silent it would take for a majority "
    "of all {unit}."
)
BASE = (
    "**Base.** Unless a table says otherwise, percentages are of all returns ({returns}), with those that left the "
    "question unanswered."
)
NOT_SPECIFIED = (
    "**Not specified** means that the return left the question blank, or said that it did not want to answer."
)
DONT_KNOW = "**Don't know** is an answer. It stays in the base and stands in a row or column of its own."
ROUNDING = (
    "**Rounding.** Percentages are whole and halves are rounded up. Each is reckoned from the numbers, sums too, so "
    "parts may not add to 100."
)
CHARTS = (
    "**Charts** of answers on a scale show shares of the returns that gave a position on it. That base is printed "
    "beside each bar."
)
LETTERS = "**Letters** beside a figure lead to a note on what was published in its place. An annex lists all of them."
ROOM = ("Place", "Published", "Reckoned here", "Why they differ")
SENTENCES = (3,)


def parts_of(sources: Sources, exhibits: Mapping[str, Exhibit]) -> dict[str, tuple[Block, ...]]:
    """Return each part by name; one that has nothing to say is empty."""
    plan = sources.plan
    further = [spec.id for spec in plan.further if spec.id in exhibits]
    known = {OUTCOMES, *(spec.id for spec in plan.every_table)}
    companions = [id_ for id_, each in exhibits.items() if each.table.companion_of]
    broken_down = [id_ for id_ in exhibits if id_ not in known and id_ not in companions]
    return {
        "differing": tuple(_bold(sentence) for sentence in _differing(sources)),
        "response": (_response(sources),),
        "non-response": tuple(_non_response(sources)),
        "certainty": tuple(_certainty(sources.silence, unit=plan.unit)),
        "weights": tuple(_weights(sources.silence)),
        "reading": (Items(tuple(_reading(sources))),),
        "comparators": tuple(Paragraph((Words(each),)) for each in _comparators(plan)),
        "further": tuple(_exhibits(exhibits[id_] for id_ in further)),
        "other-bases": tuple(_exhibits(exhibits[id_] for id_ in companions)),
        "breakdowns": tuple(_exhibits(exhibits[id_] for id_ in broken_down)),
        "coded": tuple(_coded(sources, exhibits)),
        "quotes": tuple(_apart(sources, exhibits)),
        "differences": tuple(_annex(sources)),
    }


def _bold(sentence: str) -> Paragraph:
    return Paragraph((Words(sentence, is_strong=True),))


def _differing(sources: Sources) -> tuple[str, ...]:
    """What the summary must say first: by what those that answered differ from all (M23)."""
    return differences(sources.whole or sources.tables, unit=sources.plan.unit)


def _response(sources: Sources) -> Facts:
    found, unit = sources.response, sources.plan.unit
    rows = (
        (f"{unit.capitalize()} asked: every one in the register", f"{found.boards:,}"),
        ("Authorities these cover", f"{found.authorities:,}"),
        ("Time of the survey", sources.fieldwork),
        ("Returns received", f"{found.returns:,}"),
        ("Response rate", str(sources.rate)),
        *found.outcome_rates(unit),
        (f"{unit.capitalize()} named in the returns", f"{found.boards_named:,}"),
        ("Returns that do not name one", f"{found.unattributed:,}"),
        ("Different chairs who answered", f"{found.chairs:,}"),
        (f"Authorities covered by the {unit} named", f"{found.authorities_covered:,} of {found.authorities:,}"),
    )
    return Facts("response", "Who was asked and who answered", ("What is counted", "Number"), rows)


def _non_response(sources: Sources) -> Iterator[Paragraph]:
    told = non_response(sources.tables, unit=sources.plan.unit)
    silence = sources.silence if told else None
    own = (*silence.paragraphs, silence.weighting) if silence else ()
    yield from (Paragraph((Words(each),)) for each in (*told, *own) if each)


def _certainty(silence: PrintedSilence | None, *, unit: str) -> Iterator[Block]:
    if silence is None or not silence.certain:
        return
    head = ("Figure, by table", "Answered", "All, if alike", "All, possible", "Silent needed for a majority")
    rows = ((f"{each.number}. {each.place}", each.figure, each.interval, each.bounds, each.majority)
            for each in silence.certain)  # fmt: skip
    yield Paragraph((Words(SILENT.format(unit=unit)),))
    yield Facts("certainty", "What the silent leave open", head, tuple(rows))


def _weights(silence: PrintedSilence | None) -> Iterator[Block]:
    if silence is None or not silence.weighted:
        return
    head = ("Figure, by table", "Unweighted", "Weighted", "Shift, points", "Interval, weighted")
    rows = ((f"{each.number}. {each.place}", each.unweighted, each.weighted, each.shift, each.interval)
            for each in silence.weighted)  # fmt: skip
    yield Facts("weights", "Unweighted and weighted", head, tuple(rows))


def _reading(sources: Sources) -> Iterator[Line]:
    base = BASE.format(returns=f"{sources.response.returns:,}")
    yield from map(markdown_line, (base, NOT_SPECIFIED, DONT_KNOW, ROUNDING, CHARTS))
    markers = {cell.marker for table in sources.tables for _, _, cell in table.walk()}
    for marker, meaning in MARKERS.items():
        if marker in markers or (marker == UNSTABLE and _may_be_unstable(sources)):
            yield (Words(marker, is_strong=True), Words(f" {_stands_for(marker, meaning)}"))
    if any(table.differing for table in sources.tables):
        yield markdown_line(LETTERS)


def _may_be_unstable(sources: Sources) -> bool:
    """Whether a sentence may bear the mark though no table does: sums are firmer or weaker than their parts."""
    found = sources.response
    return is_unstable(found.returns // 2, n=found.returns, population=found.boards)


def _stands_for(marker: str, meaning: str) -> str:
    told = {UNSTABLE: f"marks a figure of {meaning}.", BREAK: f"marks a {meaning}."}
    return told.get(marker, f"means {meaning}.")


def _comparators(plan: Plan) -> Iterator[str]:
    for comparator in plan.comparators.values():
        spec = comparator.spec
        yield f"{spec.label}: {spec.who}, {spec.when} (N = {spec.base:,}). {spec.comparability}"


def _exhibits(exhibits: Iterable[Exhibit]) -> Iterator[Block]:
    for each in exhibits:
        yield TableBlock(each.table, each.short)
        if each.chart is not None:
            yield ChartBlock(each.table, each.chart, each.short)


def _coded(sources: Sources, exhibits: Mapping[str, Exhibit]) -> Iterator[Block]:
    """The tables of codes, each with what was quoted of the answers it counts."""
    for spec in sources.plan.coded:
        if spec.id in exhibits:
            yield from _exhibits([exhibits[spec.id]])
            if spec.item in sources.quotes:
                yield sources.quotes[spec.item]


def _apart(sources: Sources, exhibits: Mapping[str, Exhibit]) -> Iterator[Block]:
    """What was quoted of answers that no table counts."""
    counted = {spec.item for spec in sources.plan.coded if spec.id in exhibits}
    yield from (quotes for item, quotes in sources.quotes.items() if item not in counted)


def _annex(sources: Sources) -> Iterator[Facts]:
    rows = [_difference(table, *place) for table in sources.tables for place in table.differing]
    if rows:
        yield Facts("differences", "Figures that differ from print", ROOM, tuple(rows), SENTENCES)


def _difference(table: Table, row: Row, column: Column, cell: Cell) -> tuple[str, ...]:
    printed = cell.printed
    if printed is None:
        raise ValueError(f"{table.id}, {row.id}, {column.id} does not differ from what was printed.")
    unit, is_single = UNITS[printed.measure], printed.value.isdigit()  # some print a count with its percentage
    words = (table.name, row.panel, row.label, column.group, column.label)
    return (
        ". ".join(word for word in words if word),
        f"{printed.value}{unit}" if is_single else printed.value,
        f"{cell.value(printed.measure)}{unit}" if is_single else f"{cell.count} ({cell.percent}%)",
        f"{printed.erratum}: {printed.comment}" if printed.erratum else "No erratum is known.",
    )
