"""The charts of a table as inline SVG: drawn by kind, described with the finding, set by one template."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from analysis.core.charts import CHARTS
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table
from analysis.outputs.chart_words import comparator_finding, plain_finding, response_finding, scale_finding
from analysis.outputs.comparator_drawing import draw_comparator, has_comparator
from analysis.outputs.drawing import WIDTH, Drawing
from analysis.outputs.scale_drawing import draw_scale
from analysis.outputs.share_drawing import draw_plain, draw_response

ON_SCALE = (
    "Figures in the bars are numbers of {unit}. Bars show shares of those that gave a position on the scale (the base "
    "at the right); what is no position stands in its own column."
)


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
        return f"{self.reading} Every figure is in Table {self.table.number}."


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of chart is drawn, what it finds and how it is read."""

    draw: Callable[[Table], Drawing]
    find: Callable[..., str]
    reading: str
    suffix: str = ""


def charts_of(table: Table, kind: ChartKind | None, *, unit: str = "returns") -> tuple[ChartPage, ...]:
    """Return the charts of a table: the one its plan names, and the comparator's panels where there is one."""
    return tuple(_charts(table, kind, unit=unit))


def render_chart(chart: ChartPage) -> str:
    """Return the chart as a figure with its finding above and how to read it below."""
    return render_to_string("components/charts/figure.html", {"chart": chart})


def _charts(table: Table, kind: ChartKind | None, *, unit: str) -> Iterator[ChartPage]:
    if kind is not None and table.rows and table.columns:
        yield _page(table, KINDS[kind], name=kind, unit=unit)
    if has_comparator(table):
        yield _page(table, COMPARATOR, name="comparator", unit=unit)


def _page(table: Table, kind: _Kind, *, name: str, unit: str) -> ChartPage:
    return ChartPage(
        id=f"{table.id}-{name}",
        table=table,
        finding=kind.find(table, unit=unit),
        reading=kind.reading.format(unit=unit),
        drawing=kind.draw(table),
        suffix=kind.suffix,
    )


def _draw_plain(table: Table) -> Drawing:
    apart = frozenset(row.id for row in table.rows if row.apart)
    return draw_plain(CHARTS["plain"](table), apart=apart)


KINDS: Mapping[ChartKind, _Kind] = {
    "diverging": _Kind(
        draw=lambda table: draw_scale(CHARTS["diverging"](table)),
        find=scale_finding,
        reading=f"{ON_SCALE} The middle answer lies half on each side of nought. The most favourable items come first.",
    ),
    "stacked": _Kind(
        draw=lambda table: draw_scale(CHARTS["stacked"](table)),
        find=scale_finding,
        reading=f"{ON_SCALE} The most favourable items come first.",
    ),
    "plain": _Kind(
        draw=_draw_plain,
        find=plain_finding,
        reading="Numbers of {unit} and, in brackets, their share of all returns.",
    ),
    "choices": _Kind(
        draw=_draw_plain,
        find=plain_finding,
        reading="Numbers of {unit} and, in brackets, their share of those asked; one may stand in several bars.",
    ),
    "response": _Kind(
        draw=lambda table: draw_response(CHARTS["response"](table)),
        find=response_finding,
        reading="Each bar is as long as the number of eligible {unit} and is filled as far as they made a return. "
        "The groups with most missing come first; returns that name no group are left out.",
    ),
}
COMPARATOR = _Kind(
    draw=draw_comparator,
    find=comparator_finding,
    reading="Shares of all respondents of each survey. The broken line parts two surveys of different people; figures "
    "on either side of it are not comparable. [x] is not available, [z] is not applicable.",
    suffix=", beside an earlier survey",
)
