"""Who would be asked if the wave opened now, and what the register lacks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from respondents.fieldwork.frame import eligible_boards
from respondents.fieldwork.likeness import near_duplicates
from respondents.register.models import Appointment, AuthorityType, Board, BoardAuthority, Region
from survey.counting import counted
from survey.models import Wave

MANY = 12


@dataclass(frozen=True)
class Level:
    """One region with its boards, by authority type in the order of the heads, and all."""

    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Doubt:
    """Something to look at in the register, with the names it is about."""

    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FramePage:
    """The frame as it would be frozen now."""

    wave: Wave
    lead: str
    heads: tuple[str, ...]
    levels: tuple[Level, ...]
    total: Level
    warnings: tuple[Doubt, ...]
    tasks_url: str


def frame_page(wave: Wave, *, now: datetime) -> FramePage:
    """Counts by region and type, and warnings."""
    boards = list(eligible_boards(wave))
    counts = Counter((board.region, board.authority_type) for board in boards)
    covered = BoardAuthority.objects.filter(board__in=eligible_boards(wave)).count()
    heads = tuple(AuthorityType.values)
    return FramePage(
        wave=wave,
        lead=f"{counted(len(boards), 'board')} for {counted(covered, 'authority', 'authorities')}, as the register "
        "has them now. The frame is frozen when the wave opens; until then it follows the register.",
        heads=heads,
        levels=tuple(_level(name, {name}, counts, heads) for name in Region.values),
        total=_level("All", set(Region.values) | {""}, counts, heads),
        warnings=tuple(warning for warning in _warnings(boards, now=now) if warning.names),
        tasks_url=reverse("life:tasks", args=[wave.slug]),
    )


def _level(name: str, regions: set[str], counts: Counter[tuple[str, str]], heads: tuple[str, ...]) -> Level:
    cells = tuple(sum(counts[region, kind] for region in regions) for kind in heads)
    return Level(name, cells, sum(count for (region, _), count in counts.items() if region in regions))


def _warnings(boards: list[Board], *, now: datetime) -> Iterable[Doubt]:
    current = Appointment.objects.current_on(timezone.localdate(now))
    chaired = set(current.values_list("board_id", flat=True))
    reached = set(current.filter(person__is_active=True).values_list("board_id", flat=True))
    vacant = [board.area_name for board in boards if board.pk not in chaired]
    silent = [board.area_name for board in boards if board.pk in chaired - reached]
    unplaced = [board.area_name for board in boards if not (board.region and board.authority_type)]
    alike = [f"{one} and {other}" for one, other in near_duplicates(board.area_name for board in boards)]
    yield Doubt(_said(vacant, "has no chair to answer", "have no chair to answer"), _few(vacant))
    yield Doubt(_said(silent, "has a chair who cannot sign in", "have a chair who cannot sign in"), _few(silent))
    yield Doubt(_said(unplaced, "lacks a region or type", "lack a region or type"), _few(unplaced))
    yield Doubt(f"{counted(len(alike), 'pair')} of names may be one board twice", _few(alike))


def _said(names: list[str], one: str, several: str) -> str:
    return f"{counted(len(names), 'board')} {one if len(names) == 1 else several}"


def _few(names: list[str]) -> tuple[str, ...]:
    if len(names) <= MANY:
        return tuple(names)
    return (*names[:MANY], f"and {len(names) - MANY:,} more")
