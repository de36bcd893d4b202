"""The response by authority type and by region: a chart and the table behind it, most missing first."""

from dataclasses import dataclass

from analysis.core.charts import Bar, Chart, Segment
from analysis.core.response import LevelResponse
from analysis.monitoring.figures import LEVELS, Figures
from analysis.monitoring.targets import boards_wanted
from analysis.outputs.drawing import WIDTH, Drawing
from analysis.outputs.share_drawing import draw_response
from survey.counting import counted

STRATUM_TITLES = {"authority_type": "By authority type", "region": "By region"}


@dataclass(frozen=True)
class Drawn:
    """A chart as `components/charts/drawing.svg` wants it."""

    id: str
    finding: str
    description: str
    drawing: Drawing
    width: int = WIDTH


@dataclass(frozen=True)
class LevelRow:
    """One level, and how far it is from what is wanted of it."""

    response: LevelResponse
    percent: int
    target: str


@dataclass(frozen=True)
class StratumPanel:
    """One breakdown of the response: its levels, and the returns that belong to none."""

    id: str
    title: str
    label: str
    chart: Drawn
    levels: tuple[LevelResponse, ...]
    rows: tuple[LevelRow, ...]
    not_specified: LevelResponse
    total: LevelResponse


def strata_panels(figures: Figures) -> tuple[StratumPanel, ...]:
    """A panel for each stratum."""
    return tuple(_panel(figures, stratum) for stratum in LEVELS)


def by_missing(levels: tuple[LevelResponse, ...]) -> tuple[LevelResponse, ...]:
    """The levels that somebody is eligible in, those with most missing first."""
    return tuple(sorted((level for level in levels if level.boards.eligible), key=lambda each: -each.boards.missing))


def _panel(figures: Figures, stratum: str) -> StratumPanel:
    *levels, nowhere = figures.levels(stratum)
    ordered = by_missing(tuple(levels))
    label = STRATUM_TITLES[stratum].removeprefix("By ").capitalize()
    return StratumPanel(
        id=stratum,
        title=STRATUM_TITLES[stratum],
        label=label,
        chart=_chart(stratum, ordered),
        levels=ordered,
        rows=tuple(_row(level, figures.targets.of(stratum, level.level)) for level in ordered),
        not_specified=nowhere,
        total=figures.total(stratum),
    )


def _row(level: LevelResponse, percent: int) -> LevelRow:
    return LevelRow(level, percent, target_words(level, percent))


def target_words(level: LevelResponse, percent: int) -> str:
    """Such as “5 of 20, 15 more”: returns, how many the target wants, and how many it still wants."""
    wanted = boards_wanted(percent, level.boards.eligible)
    more = wanted - level.returns
    return f"{level.returns:,} of {wanted:,}, {f'{more:,} more' if more > 0 else 'reached'}"


def _chart(stratum: str, levels: tuple[LevelResponse, ...]) -> Drawn:
    bars = tuple(Bar(level.level, level.level, "", level.boards.eligible, (_filled(level),)) for level in levels)
    return Drawn(
        id=f"chart-{stratum}",
        finding=_finding(levels),
        description="Each bar is as long as the number of eligible boards and is filled as far as they made a return. "
        "Those with most missing come first. Every figure is in the table below.",
        drawing=draw_response(Chart("response", bars, 0, 100)),
    )


def _filled(level: LevelResponse) -> Segment:
    return Segment(level.level, level.level, level.returns, level.boards.percent, 0.0, float(level.boards.percent or 0))


def _finding(levels: tuple[LevelResponse, ...]) -> str:
    """What the chart shows."""
    if not levels:
        return "No board is in the frame."
    most = levels[0]
    if not most.boards.missing:
        return "Every board has answered."
    missing = counted(most.boards.missing, "board")
    return f"Most are missing in {most.level}: {missing} of {most.boards.eligible:,}."
