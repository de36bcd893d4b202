"""The researcher's page of a wave, put together so that the template only places it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from analysis.core.response import Rate
from analysis.monitoring.boards import BoardRow, boards_of, known_count, rows_of
from analysis.monitoring.exports import TITLES
from analysis.monitoring.figures import Figures
from analysis.monitoring.pages.answering import AnsweringPanel, answering_panel
from analysis.monitoring.pages.days import DaysPanel, days_panel
from analysis.monitoring.pages.evenness import EvennessPanel, evenness_panels
from analysis.monitoring.pages.glance import Glance, glance
from analysis.monitoring.pages.map import MapPanel, map_panel
from analysis.monitoring.pages.outcomes import OutcomesPanel, outcomes_panel
from analysis.monitoring.pages.strata import StratumPanel, strata_panels
from analysis.monitoring.pages.timing import timing_of
from respondents.paging import ON_A_PAGE
from respondents.returns.models import Return
from survey.models import Wave


@dataclass(frozen=True)
class LivePage:
    """What changes while one looks at it."""

    wave: Wave
    timing: str
    as_of: str
    headline: Rate
    glance: Glance
    panels: tuple[StratumPanel, ...]
    days: DaysPanel | None
    map: MapPanel | None
    evenness: tuple[EvennessPanel, ...]
    answering: AnsweringPanel | None
    outcomes: OutcomesPanel | None
    target: int


@dataclass(frozen=True)
class BoardsPage:
    """One page of the list of boards."""

    rows: tuple[BoardRow, ...]
    shown: str
    page: "Page[Return]"


@dataclass(frozen=True)
class File:
    """A panel that can be taken away."""

    name: str
    address: str


def files_of(wave: Wave) -> tuple[File, ...]:
    """Every panel, as a file."""
    return tuple(File(title, reverse("monitoring:panel", args=[wave.slug, panel])) for panel, title in TITLES.items())


def live_page(figures: Figures, *, may_settle: bool = False) -> LivePage:
    """All panels, from what was counted."""
    answering = answering_panel(figures)
    return LivePage(
        wave=figures.wave,
        timing=timing_of(figures.wave, now=figures.now),
        as_of=date_format(timezone.localtime(figures.now), "H:i"),
        headline=figures.headline,
        glance=glance(figures, answering, may_settle=may_settle),
        panels=strata_panels(figures),
        days=days_panel(figures),
        map=map_panel(figures),
        evenness=evenness_panels(figures),
        answering=answering,
        outcomes=outcomes_panel(figures),
        target=figures.target,
    )


def boards_page(figures: Figures, *, wanted: Mapping[str, Any], number: str) -> BoardsPage:
    """So many boards of those wanted; a page that there is not becomes the nearest."""
    returns = boards_of(figures.wave, wanted, figures=figures)
    pages, known = Paginator(returns, ON_A_PAGE), known_count(figures, wanted)
    if known is not None:
        pages.count = known  # so that nothing is counted twice
    page = pages.get_page(number)
    rows = rows_of(figures.wave, page.object_list, now=figures.now)
    every = figures.frame.eligible + figures.frame.not_eligible
    return BoardsPage(rows, f"{page.paginator.count:,} of {every:,} boards", page)
