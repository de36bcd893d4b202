"""The charts of a table as inline SVG: drawn by kind, described with the finding, set by one template."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from analysis.core.bars import items_of
from analysis.core.beside import OtherSurvey, others_in
from analysis.core.beside_pairs import Pair, every_pair, pairs_of
from analysis.core.charts import CHARTS, Chart, Order, diverging_bars, order_of, stacked_bars
from analysis.core.cross_drawing import drawable
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table
from analysis.outputs.chart_words import (
    comparator_finding,
    cross_finding,
    plain_finding,
    response_finding,
    scale_finding,
)
from analysis.outputs.comparator_drawing import draw_comparator, heading
from analysis.outputs.dots_drawing import draw_dots
from analysis.outputs.drawing import WIDTH, Drawing
from analysis.outputs.scale_drawing import draw_scale
from analysis.outputs.share_drawing import draw_plain, draw_response

ON_SCALE = (
    "Figures in the bars are numbers of {unit}. Bars show shares of those that gave a position on the scale (the base "
    "at the right); what is no position stands in its own column. A white line runs through the negative side."
)
ORDER = "The most favourable items come first."
ON_SCALES: Mapping[ChartKind, Callable[..., Chart]] = {"diverging": diverging_bars, "stacked": stacked_bars}
LEFT_OUT = " Groups that have no returns, or of which something is withheld, are not drawn."


@dataclass(frozen=True, slots=True)
class ChartPage:
    """One chart, ready for `components/charts/figure.html`."""

    id: str
    table: Table
    finding: str
    reading: str
    drawing: Drawing
    suffix: str = ""  # what tells a second chart of the same table from the first
    width: int = WIDTH
    number: int | None = None
    title: str = ""

    @property
    def description(self) -> str:
        """What a reader who does not see the chart should know beyond the finding."""
        return f"{self.reading} Every figure is in {self.place}."

    @property
    def place(self) -> str:
        """How the table with the figures is called."""
        return self.table.name if self.table.number else "the table"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of chart is drawn, what it finds and how it is read."""

    draw: Callable[[Table], Drawing]
    find: Callable[..., str]
    reading: str


def charts_of(
    table: Table, kind: ChartKind | None, *, unit: str = "returns", order: Order | None = None
) -> tuple[ChartPage, ...]:
    """Return the charts of a table: the one its plan names, and the comparator's panels where there is one.

    Items on a scale come by net agreement unless `order` is that of the table.
    """
    return tuple(_charts(table, kind, unit=unit, order=order))


def render_chart(chart: ChartPage) -> str:
    """Return the chart as a figure with its finding above and how to read it below."""
    return render_to_string("components/charts/figure.html", {"chart": chart})


def _charts(table: Table, kind: ChartKind | None, *, unit: str, order: Order | None) -> Iterator[ChartPage]:
    drawn = drawable(table)
    if kind is not None and drawn.rows and drawn.columns:
        page = _page(drawn, KINDS[kind], name=kind, unit=unit, left_out=len(table.rows) - len(drawn.rows))
        yield _in_order(page, kind) if order == "table" and kind in ON_SCALES else page
    for place, other in enumerate(() if table.companion_of else others_in(table)):  # its table has the chart
        yield comparator_chart(table, other, unit=unit, name="comparator" + (f"-{place + 1}" if place else ""))


def comparator_chart(table: Table, other: OtherSurvey, *, unit: str, name: str = "comparator") -> ChartPage:
    """Return the chart of a table beside another survey, with the statement on comparing them in its caption."""
    pairs = _drawn(table, other)
    mine = next((column.label for column in table.columns if table.kind == "ratings" and column.group
                 and "count" in column.measures), "This survey")  # fmt: skip
    return ChartPage(
        id=f"{table.id}-{name}",
        table=table,
        finding=comparator_finding(pairs, ours=mine, unit=unit),
        reading=" ".join(filter(None, (table.caveat, BREAK_READING, _left_out(table, drawn=len(pairs))))),
        drawing=draw_comparator(
            pairs,
            ours=heading(mine, [pair.ours for pair in pairs]),
            theirs=heading(other.column, [pair.theirs for pair in pairs]),
        ),
        suffix=", beside another survey",
    )


def _drawn(table: Table, other: OtherSurvey) -> tuple[Pair, ...]:
    """Agencies that the other survey did not ask about keep their row; statements that it did not put have none."""
    return every_pair(table, other) if table.kind == "ratings" else pairs_of(table, other)


def _left_out(table: Table, *, drawn: int) -> str:
    left = len(items_of(table)) - drawn
    return f"Items of this table that the other survey did not ask are left out ({left:,})." if left else ""


def _page(table: Table, kind: _Kind, *, name: str, unit: str, left_out: int = 0) -> ChartPage:
    find = cross_finding if table.kind == "cross" else kind.find
    return ChartPage(
        id=f"{table.id}-{name}",
        table=table,
        finding=find(table, unit=unit),
        reading=_reading(table, kind, unit=unit) + (LEFT_OUT if left_out else ""),
        drawing=kind.draw(table),
    )


def _in_order(page: ChartPage, kind: ChartKind) -> ChartPage:
    """The chart with its items where the table has them."""
    drawing = draw_scale(ON_SCALES[kind](page.table, order="table"))
    return replace(page, drawing=drawing, reading=page.reading.replace(f" {ORDER}", ""))


def _reading(table: Table, kind: _Kind, *, unit: str) -> str:
    """How the chart is read; groups stand as they do in the table."""
    reading = kind.reading.format(unit=unit, base=f"{_base(table):,}")
    return reading if order_of(table) == "net" else reading.removesuffix(f" {ORDER}")


def _base(table: Table) -> int:
    return max((cell.base or 0 for _, column, cell in table.walk() if "count" in column.measures), default=0)


def _draw_plain(table: Table) -> Drawing:
    apart = frozenset(row.id for row in table.rows if row.apart)
    return draw_plain(CHARTS["plain"](table), apart=apart)


KINDS: Mapping[ChartKind, _Kind] = {
    "diverging": _Kind(
        draw=lambda table: draw_scale(CHARTS["diverging"](table)),
        find=scale_finding,
        reading=f"{ON_SCALE} The middle answer lies half on each side of nought. {ORDER}",
    ),
    "stacked": _Kind(
        draw=lambda table: draw_scale(CHARTS["stacked"](table)),
        find=scale_finding,
        reading=f"{ON_SCALE} {ORDER}",
    ),
    "dots": _Kind(
        draw=draw_dots,
        find=cross_finding,
        reading="Each dot is a share of the {unit} in the base, named at the right; the line through it is its 95% "
        "interval, where there is one. A hollow dot is of low reliability.",
    ),
    "plain": _Kind(
        draw=_draw_plain,
        find=plain_finding,
        reading="Numbers of {unit} and, in brackets, their share of all returns (base {base}).",
    ),
    "choices": _Kind(
        draw=_draw_plain,
        find=plain_finding,
        reading="Numbers of {unit} and, in brackets, their share of those asked (base {base}); one may stand in "
        "several bars.",
    ),
    "response": _Kind(
        draw=lambda table: draw_response(CHARTS["response"](table)),
        find=response_finding,
        reading="Each bar is as long as the number of eligible {unit} and is filled as far as they made a return. "
        "The groups with most missing come first; returns that name no group are left out.",
    ),
}
BREAK_READING = (
    "Shares of all respondents of each survey. The broken line parts two surveys of different people; figures on "
    "either side of it are not comparable. Disc: this survey. Diamond: the other. Lines: what each share would be, 95 "
    "times in 100, if those who answered were a random draw; none where the number behind a percentage is not "
    "certain. [x] is not available, [z] is not applicable."
)
