"""The map of authorities as hexagons, and the same as a table."""

from collections import Counter
from dataclasses import dataclass

from analysis.monitoring.figures import Figures
from analysis.monitoring.hexagons import SIZE, AuthorityState, corners, extent, places
from analysis.outputs.drawing import BLUE, INK, PALE_GREY, TURQUOISE, WHITE
from respondents.returns.models import ReturnState
from survey.counting import counted


@dataclass(frozen=True)
class Look:
    """How a state is shown on the map: by shade and by mark."""

    name: str
    mark: str
    fill: str
    ink: str


NOT_STARTED = Look("Not started", "–", WHITE, INK)
STARTED = Look("In progress", "/", PALE_GREY, INK)
WAITING = Look("Waiting for signature", "?", TURQUOISE, INK)
SENT = Look("Submitted", "✓", BLUE, WHITE)
LOOKS = {
    ReturnState.NOT_STARTED: NOT_STARTED,
    ReturnState.IN_PROGRESS: STARTED,
    ReturnState.WAITING: WAITING,
    ReturnState.SUBMITTED: SENT,
    ReturnState.CHANGED: SENT,
}


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One authority on the map."""

    code: str
    name: str
    label: str
    corners: str
    x: float
    y: float
    mark: str
    fill: str
    ink: str
    state: str
    region: str


@dataclass(frozen=True)
class Key:
    """One state of the map's key, with how many authorities are in it."""

    look: Look
    authorities: int
    corners: str


@dataclass(frozen=True)
class MapPanel:
    """The whole map."""

    finding: str
    hexagons: tuple[Hexagon, ...]
    keys: tuple[Key, ...]
    elsewhere: str
    width: float
    height: float


def map_panel(figures: Figures) -> MapPanel | None:
    """The panel; nothing where no authority of the frame has a place on the map."""
    if not figures.authorities:
        return None
    width, height = extent()
    hexagons = tuple(_hexagon(each) for each in figures.authorities)
    states = Counter(each.state for each in hexagons)
    counts = [(look, states[look.name]) for look in (NOT_STARTED, STARTED, WAITING, SENT)]
    elsewhere = figures.frame.authorities_by("region").total() - len(hexagons)
    return MapPanel(
        finding=f"{counts[-1][1]:,} of {counted(len(hexagons), 'authority', 'authorities')} are covered by a return.",
        hexagons=hexagons,
        keys=tuple(Key(look, number, corners(SIZE, SIZE)) for look, number in counts),
        elsewhere=f"{counted(elsewhere, 'authority', 'authorities')} of the frame have no place on the map."
        if elsewhere > 0
        else "",
        width=width,
        height=height,
    )


def _hexagon(each: AuthorityState) -> Hexagon:
    (x, y), look = places()[each.code], LOOKS[each.state]
    return Hexagon(
        code=each.code,
        name=each.name,
        label=f"{each.name}: {look.name.lower()}",
        corners=corners(x, y),
        x=x,
        y=round(y + 5, 1),
        mark=look.mark,
        fill=look.fill,
        ink=look.ink,
        state=look.name,
        region=each.region,
    )
