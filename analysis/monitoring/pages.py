"""What the researcher's page says, decided here so that the template only places it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.core.cube import STRATA
from analysis.core.response import LevelResponse, Rate, response_by_level
from analysis.core.shape import Population
from analysis.extracts import population_of
from respondents.register.models import AuthorityType, Region
from respondents.returns.models import Return, ReturnState
from survey.models import Wave

LEVELS: Mapping[str, Sequence[str]] = {"authority_type": AuthorityType.values, "region": Region.values}
STRATUM_TITLES = {"authority_type": "By authority type", "region": "By region"}


@dataclass(frozen=True)
class StratumPanel:
    """One breakdown of the response: its levels, and the returns that belong to none."""

    id: str
    title: str
    label: str
    levels: tuple[LevelResponse, ...]
    not_specified: int
    not_specified_share: int | None
    total: LevelResponse


@dataclass(frozen=True)
class StateCount:
    """How many boards are in one state."""

    state: ReturnState
    count: int


@dataclass(frozen=True)
class WavePage:
    """The state of a wave at one glance."""

    wave: Wave
    timing: str
    headline: Rate
    unattributed: int
    states: tuple[StateCount, ...]
    panels: tuple[StratumPanel, ...]
    boards: tuple[Return, ...]
    shown: str


def wave_page(wave: Wave, *, wanted: Mapping[str, Any], now: datetime) -> WavePage:
    """Everything the page shows, with the list of boards narrowed to those wanted."""
    returns = list(wave.returns.select_related("board").defer("answers", "texts").order_by("board__area_name"))
    submitted = [found for found in returns if found.submitted_version is not None]
    in_frame = [found for found in returns if found.board_id]
    population = population_of(wave)
    boards = tuple(found for found in in_frame if _is_wanted(found, wanted))
    return WavePage(
        wave=wave,
        timing=timing_of(wave, now=now),
        headline=Rate(len(submitted), len(in_frame), "boards"),
        unattributed=sum(not found.board_id for found in submitted),
        states=tuple(StateCount(state, sum(found.state is state for found in in_frame)) for state in ReturnState),
        panels=tuple(_panel(name, submitted, population) for name in STRATA),
        boards=boards,
        shown=f"{len(boards):,} of {len(in_frame):,} boards",
    )


def timing_of(wave: Wave, *, now: datetime) -> str:
    """Whether the wave is a draft, yet to open, open or closed, in words."""
    if wave.is_draft:
        return "Draft"
    if now < wave.opens_at:
        return "Not open yet"
    if now >= wave.closes_at:
        return "Closed"
    days = (wave.closes_at - now).days
    return "Open, closes today" if days == 0 else f"Open, closes in {days} day{'s' if days > 1 else ''}"


def _is_wanted(found: Return, wanted: Mapping[str, Any]) -> bool:
    name = wanted.get("name", "").casefold()
    return (
        wanted.get("state", "") in ("", found.state)
        and all(wanted.get(stratum, "") in ("", getattr(found, stratum)) for stratum in STRATA)
        and name in (found.board.name.casefold() if found.board else "")
    )


def _panel(stratum: str, submitted: Iterable[Return], population: Population) -> StratumPanel:
    returns = Counter(getattr(found, stratum) for found in submitted)
    boards, authorities = population.boards[stratum], population.authorities[stratum]
    total = returns.total()
    rows = response_by_level(
        [*LEVELS[stratum], ""], returns=returns, boards=boards, authorities=authorities, total=total
    )
    whole = response_by_level(
        ["Total"],
        returns={"Total": total},
        boards={"Total": sum(boards.values())},
        authorities={"Total": sum(authorities.values())},
        total=total,
    )
    return StratumPanel(
        id=stratum,
        title=STRATUM_TITLES[stratum],
        label=STRATUM_TITLES[stratum].removeprefix("By ").capitalize(),
        levels=rows[:-1],
        not_specified=rows[-1].returns,
        not_specified_share=rows[-1].share,
        total=whole[0],
    )
