"""The page that precedes all findings: who did not answer, and what follows from that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from analysis.core.item_response import ItemResponse
from analysis.core.lateness import Lateness
from analysis.core.representativeness import NOTABLE_P
from analysis.core.response import Rate
from analysis.monitoring.figures import Figures, figures_of
from analysis.monitoring.pages.evenness import EvennessPanel, evenness_panels
from analysis.monitoring.pages.strata import Drawn, strata_panels
from analysis.nonresponse import words
from analysis.nonresponse.reading import LateGroups, Silence, Weighing, silence_of
from analysis.outputs.bounds_drawing import Span, draw_bounds
from analysis.outputs.certainty import CertainRow, certain_rows, headline_boards, headline_words, interval_of
from analysis.outputs.chance import p_in_words
from analysis.outputs.weighted_rows import WeightedRow, points, share_words, weighted_row
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class ResponsePanel:
    """The response by one stratum: drawn, tested, and level by level."""

    chart: Drawn
    evenness: EvennessPanel


@dataclass(frozen=True)
class LateRow:
    """One headline among the early and the late, and what the silent would make of it if they are like the late."""

    number: int
    place: str
    early: str
    late: str
    difference: str
    p: str
    words: str
    if_alike: str


@dataclass(frozen=True)
class LateLevel:
    """One level: how many of its returns came late."""

    level: str
    rate: Rate


@dataclass(frozen=True)
class LatePanel:
    """One stratum, early beside late."""

    id: str
    title: str
    words: str
    levels: tuple[LateLevel, ...]


@dataclass(frozen=True)
class WeighingPanel:
    """One way to weight: allowed or not, its cost, and both figures of each headline."""

    id: str
    title: str
    words: str
    is_asked: bool
    rows: tuple[WeightedRow, ...]


@dataclass(frozen=True)
class NonResponsePage:
    """Everything on the page, in words."""

    wave: Wave
    headline: Rate
    silent: str
    verdicts: tuple[str, ...]
    unplaced: str
    panels: tuple[ResponsePanel, ...]
    certain: tuple[CertainRow, ...]
    bounds: Drawn | None
    items_words: str
    low_items: tuple[ItemResponse, ...]
    items: tuple[ItemResponse, ...]
    split_words: str
    late_panels: tuple[LatePanel, ...]
    lateness_words: str
    late: tuple[LateRow, ...]
    asked_words: str
    weighings: tuple[WeighingPanel, ...]


def non_response_page(wave: Wave, *, now: datetime) -> NonResponsePage:
    """The page, from the submissions that count now."""
    figures, silence = figures_of(wave, now=now), silence_of(wave, now=now)
    evenness = evenness_panels(figures)
    return NonResponsePage(
        wave=wave,
        headline=figures.headline,
        silent=_silent(figures),
        verdicts=tuple(panel.verdict for panel in evenness),
        unplaced=_unplaced(figures),
        panels=tuple(_response_panels(figures, evenness)),
        certain=certain_rows(silence.headlines, response=silence.response),
        bounds=_bounds(silence),
        items_words=words.items_words(silence.items),
        low_items=tuple(item for item in silence.items if item.is_low),
        items=silence.items,
        split_words=words.split_words(silence.split),
        late_panels=tuple(_late_panel(groups, unit=silence.unit) for groups in silence.groups),
        lateness_words=words.lateness_words(silence.lateness) if silence.lateness else "",
        late=tuple(_late_rows(silence)),
        asked_words=words.asked_words(silence),
        weighings=tuple(_weighing_panel(each, place) for place, each in enumerate(silence.weighings, start=1)),
    )


def _silent(figures: Figures) -> str:
    silent = figures.frame.eligible - figures.frame.returned
    return (
        f"{counted(silent, 'board')} made no return, and what they would have answered is not known. Nobody was drawn "
        "at random: those who answered chose to. Every finding is about the boards that answered."
    )


def _unplaced(figures: Figures) -> str:
    loose = figures.frame.unattributed
    if not loose:
        return ""
    named = counted(loose, "return names", "returns name")
    return f"{named} no board. Where one does not say its group, no test counts it."


def _response_panels(figures: Figures, evenness: tuple[EvennessPanel, ...]) -> Iterator[ResponsePanel]:
    charts = {panel.title: panel.chart for panel in strata_panels(figures)}
    for panel in evenness:
        yield ResponsePanel(charts[panel.title], panel)


def _bounds(silence: Silence) -> Drawn | None:
    """Every headline on all returns drawn; nothing without one, or where nobody is silent."""
    drawn = [each for each in silence.headlines if headline_boards(each, response=silence.response)]
    if not drawn or silence.returns >= silence.boards:
        return None
    spans = []
    for each in drawn:
        likely = interval_of(each.figure, boards=silence.boards)
        low, high = each.count, each.count + silence.boards - each.base
        spans.append(
            Span(
                label=f"{each.table.number}. {headline_words(each)}",
                share=each.count / each.base,
                likely=(likely.low, likely.high) if likely else None,
                possible=(low / silence.boards, high / silence.boards),
            )
        )
    return Drawn(
        id="chart-bounds",
        finding=f"What {silence.boards - silence.returns:,} silent {silence.unit} leave open",
        description="The dark stroke is the share of those that answered. The coloured bar is what is likely for all "
        "if the silent are like them; the grey bar is what is possible whatever the silent think. Every figure is in "
        "the table below.",
        drawing=draw_bounds(spans),
    )


def _late_panel(groups: LateGroups, *, unit: str) -> LatePanel:
    group = words.group_of(groups.stratum)
    counts = zip(groups.levels, groups.late, groups.returns, strict=True)
    levels = tuple(LateLevel(level, Rate(late, size, "returns")) for level, late, size in counts)
    return LatePanel(
        f"late-{groups.stratum}", f"Late returns by {group}", words.groups_words(groups, unit=unit), levels
    )


def _late_rows(silence: Silence) -> Iterator[LateRow]:
    for headline, found in zip(silence.headlines, silence.lateness, strict=bool(silence.lateness)):
        boards = headline_boards(headline, response=silence.response)
        alike = found.percent_if_silent_are_late(population=boards) if boards else None
        yield LateRow(
            number=headline.table.number,
            place=headline_words(headline),
            early=share_words(found.early),
            late=share_words(found.late),
            difference="–" if found.difference is None else points(found.difference),
            p=p_in_words(found.p),
            words=_late_word(found),
            if_alike="–" if alike is None else f"{alike}%",
        )


def _late_word(found: Lateness) -> str:
    if found.p is None:
        return "Too few to test"
    return "Differs" if found.p < NOTABLE_P else "No clear difference"


def _weighing_panel(weighing: Weighing, number: int) -> WeighingPanel:
    return WeighingPanel(
        id=f"weighting-{number}",
        title=words.scheme_words(weighing.assessment.scheme),
        words=words.weighing_words(weighing),
        is_asked=weighing.is_asked,
        rows=tuple(weighted_row(each) for each in weighing.figures),
    )
