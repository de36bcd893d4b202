"""Returns per day, added up, against the target and the wave before: a chart and the table behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format

from analysis.core.percent import percent
from analysis.monitoring.figures import Figures
from analysis.outputs.drawing import BLUE, GRID, ORANGE, PINK, QUIET
from survey.counting import counted

LONGEST, AFTERWARDS = 120, 14
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 300, 40, 110, 12, 34
NAME_WIDTH, NAME_HEIGHT = 100, 16


@dataclass(frozen=True)
class Line:
    """A line of the chart, with what it is called at its end."""

    points: str
    stroke: str
    name: str
    x: float
    y: float
    dashes: str = ""


@dataclass(frozen=True)
class Tick:
    """A mark of an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class DayRow:
    """One day of fieldwork in the table."""

    day: date
    returns: int
    total: int
    rate: int | None
    before: int | None


@dataclass(frozen=True)
class DaysPanel:
    """The chart of returns by day, in words, in lines and in rows."""

    finding: str
    description: str
    note: str
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    rows: tuple[DayRow, ...]
    before_title: str

    width, height, left, right = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT
    foot = HEIGHT - BOTTOM
    grid, quiet = GRID, QUIET


def days_panel(figures: Figures) -> DaysPanel | None:
    """The panel; nothing before the first day."""
    if not figures.days.per_day:
        return None
    shown = _shown(figures)
    rows = day_rows(figures)[:shown]
    return DaysPanel(
        finding=_finding(figures),
        description=_description(figures),
        note=_note(figures, shown),
        lines=_lines(figures, shown),
        across=_days_axis(figures, shown),
        up=_numbers_axis(figures),
        rows=rows,
        before_title=figures.before.title if figures.before else "",
    )


def day_rows(figures: Figures) -> tuple[DayRow, ...]:
    """One row for each day so far."""
    before = figures.before_days.totals if figures.before_days else ()
    eligible = figures.frame.eligible
    return tuple(
        DayRow(
            day=figures.days.first + timedelta(days=place),
            returns=returns,
            total=total,
            rate=percent(total, eligible) if eligible else None,
            before=before[min(place, len(before) - 1)] if before else None,
        )
        for place, (returns, total) in enumerate(zip(figures.days.per_day, figures.days.totals, strict=True))
    )


def _shown(figures: Figures) -> int:
    """How many days the chart holds: all of fieldwork, or of a very long one the stretch in which returns came."""
    if figures.days.length <= LONGEST:
        return figures.days.length
    last = max((place for place, returns in enumerate(figures.days.per_day) if returns), default=0)
    return min(max(last + 1 + AFTERWARDS, 28), figures.days.length)


def _finding(figures: Figures) -> str:
    returned, today = figures.frame.returned, figures.days.per_day[-1]
    if figures.wanting:
        wanting = f"{counted(figures.wanting, 'return')} short of the target of {figures.target}%"
    else:
        wanting = f"the target of {figures.target}% is reached"
    newest = f", {today:,} of them today" if today and figures.wave.is_open_at(figures.now) else ""
    return f"{counted(returned, 'return')} so far{newest}: {wanting}."


def _description(figures: Figures) -> str:
    parts = ["A line that rises with the number of returns sent, day by day, and a dashed line at the target."]
    if figures.before_days and figures.before:
        then = figures.before_days.totals[min(len(figures.days.per_day), len(figures.before_days.totals)) - 1]
        parts.append(f"On the same day of fieldwork {figures.before.title} had {counted(then, 'return')}.")
    return " ".join([*parts, "Every figure is in the table below."])


def _note(figures: Figures, shown: int) -> str:
    if shown == figures.days.length:
        return ""
    until = date_format(figures.days.first + timedelta(days=shown - 1), "j F Y")
    return f"Fieldwork lasts {figures.days.length:,} days; the chart ends on {until}, since no return came later."


def _lines(figures: Figures, shown: int) -> tuple[Line, ...]:
    top, target = _top(figures), figures.target_boards
    lines = [_line(figures.days.totals[:shown], shown, top, stroke=BLUE, name=f"{figures.frame.returned:,} returns")]
    if figures.before_days and figures.before_days.per_day:
        scaled = figures.before_days.totals[:shown]
        lines.append(_line(scaled, shown, top, stroke=ORANGE, name="Wave before", dashes="6 4"))
    if figures.frame.eligible:
        name = f"Target {target:,}"
        lines.append(_line((target,) * shown, shown, top, stroke=PINK, name=name, dashes="2 4"))
    return apart(lines)


def apart(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines, with names that would be printed over each other one under another."""
    placed: dict[str, Line] = {}
    lines = tuple(lines)
    for line in sorted(lines, key=lambda each: each.y):
        near = [each.y + NAME_HEIGHT for each in placed.values() if abs(each.x - line.x) < NAME_WIDTH]
        placed[line.name] = replace(line, y=max([line.y, *near]))
    return tuple(placed[line.name] for line in lines)


def _line(totals: tuple[int, ...], shown: int, top: int, *, stroke: str, name: str, dashes: str = "") -> Line:
    places = [(_x(place, shown), _y(total, top)) for place, total in enumerate(totals)]
    end = places[-1]
    return Line(" ".join(f"{x},{y}" for x, y in places), stroke, name, end[0] + 6, end[1] + 4, dashes)


def _x(place: int, shown: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * place / max(shown - 1, 1), 1)


def _y(number: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / top, 1)


def _top(figures: Figures) -> int:
    before = figures.before_days.totals[-1] if figures.before_days and figures.before_days.per_day else 0
    return max(figures.target_boards, figures.frame.returned, before, 1)


def _numbers_axis(figures: Figures) -> tuple[Tick, ...]:
    top = _top(figures)
    step = next(each * 10**power for power in range(9) for each in (1, 2, 5) if top / (each * 10**power) <= 5)
    return tuple(Tick(_y(number, top), f"{number:,}") for number in range(0, top + 1, step))


def _days_axis(figures: Figures, shown: int) -> tuple[Tick, ...]:
    step = max(7, -(-shown // 6 // 7) * 7)
    days = range(0, shown, step) if shown > 1 else range(1)
    return tuple(
        Tick(_x(place, shown), date_format(figures.days.first + timedelta(days=place), "j M")) for place in days
    )
