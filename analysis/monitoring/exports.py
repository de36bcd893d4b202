"""Service: what stands on the dashboard as tables to take away, panel by panel or all together; each is audited."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.response import LevelResponse
from analysis.monitoring.figures import LEVELS, Figures
from analysis.monitoring.pages.answering import answering_panel
from analysis.monitoring.pages.days import day_rows
from analysis.monitoring.pages.evenness import evenness_panels
from analysis.monitoring.pages.glance import forecast_words
from analysis.monitoring.pages.map import LOOKS
from analysis.monitoring.pages.outcomes import outcomes_panel
from analysis.monitoring.targets import boards_wanted
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

EXPORTED = declare("dashboard.exported", "Took figures of the dashboard away")


def export_panel(figures: Figures, panel: str, *, by: User, now: datetime) -> bytes:
    """One panel as CSV; KeyError for a panel that there is not."""
    sheet = PANELS[panel](figures)
    _note(figures, panel, by=by, now=now)
    return write_csv(sheet.heads, sheet.rows)


def export_all(figures: Figures, *, by: User, now: datetime) -> bytes:
    """Every panel as a sheet of one workbook."""
    _note(figures, "all", by=by, now=now)
    return write_xlsx([make(figures) for make in PANELS.values()], title=f"Response, {figures.wave.title}")


def _note(figures: Figures, panel: str, *, by: User, now: datetime) -> None:
    wave = figures.wave
    record(EXPORTED, by=by, subject=wave, about=wave.title, wave=wave.slug, detail={"panel": panel}, now=now)


def _summary(figures: Figures) -> Sheet:
    moment = timezone.localtime(figures.now)
    rows: list[Row] = [
        ("Wave", figures.wave.title),
        ("As of", f"{moment:%Y-%m-%d %H:%M}"),
        ("Response", str(figures.headline)),
        ("Target, per cent", figures.target),
        ("Returns that the target still wants", figures.wanting),
        ("Chairs who answered", figures.chairs.answered),
        ("Authorities covered by a return", sum(sent for *_, sent in figures.frame.authorities)),
        *((f"Boards: {state.label}", number) for state, number in figures.frame.states.items()),
        ("Forecast", forecast_words(figures)),
    ]
    return Sheet("Summary", ("What", "Value"), rows)


def _response(figures: Figures) -> Sheet:
    heads = (
        "Breakdown", "Level", "Returns", "Eligible boards", "Rate (% of boards)", "Missing boards",
        "Eligible authorities", "Rate (% of authorities)", "Share of returns (%)", "Adjusted residual",
        "Target (% of boards)", "Returns that reach the target",
    )  # fmt: skip
    rows = [
        (*_level_row(stratum, level, figures.residuals(stratum).get(level.level)), *_target(figures, stratum, level))
        for stratum in LEVELS
        for level in figures.levels(stratum)
    ]
    note = "A return that names no board has a share of the returns but no rate. Rates are rounded half up."
    return Sheet("Response", heads, rows, notes=(note,))


def _target(figures: Figures, stratum: str, level: LevelResponse) -> Row:
    if not level.level:
        return (None, None)
    wanted = figures.targets.of(stratum, level.level)
    return (wanted, boards_wanted(wanted, level.boards.eligible))


def _level_row(stratum: str, level: LevelResponse, residual: float | None) -> Row:
    return (
        stratum.replace("_", " ").capitalize(),
        level.level or "Not specified",
        level.returns,
        level.boards.eligible,
        level.boards.percent,
        level.boards.missing,
        level.authorities.eligible,
        level.authorities.percent,
        level.share,
        None if residual is None else round(residual, 4),
    )


def _days(figures: Figures) -> Sheet:
    heads = ("Day", "Returns", "Returns so far", "Rate (% of boards)", "Wave before, same day")
    rows = [(row.day, row.returns, row.total, row.rate, row.before) for row in day_rows(figures)]
    note = "First submissions of each board; a return sent again is counted on the day it was sent first."
    return Sheet("Returns by day", heads, rows, notes=(note,))


def _authorities(figures: Figures) -> Sheet:
    rows = [(each.code, each.name, each.region, LOOKS[each.state].name) for each in figures.authorities]
    return Sheet("Authorities", ("ONS code", "Authority", "Region", "State of its board’s return"), rows)


def _evenness(figures: Figures) -> Sheet:
    rows: list[Row] = []
    for stratum, found in figures.evenness.items():
        if found:
            each, by = found.indicator, stratum.replace("_", " ").capitalize()
            figures_of_it = {
                "X²": found.statistic, "Degrees of freedom": found.degrees, "p": found.p, "R-indicator": each.r,
                "R-indicator, adjusted": each.adjusted, "R at random, 5%": each.low, "R at random, 95%": each.high,
                "Coefficient of variation": each.variation, "Worst bias of a proportion": each.worst_bias,
            }  # fmt: skip
            rows += [(by, name, round(value, 6)) for name, value in figures_of_it.items()]
    notes = tuple(f"{panel.verdict} {panel.test} {panel.indicator}" for panel in evenness_panels(figures))
    return Sheet("Representativeness", ("By", "Figure", "Value"), rows, notes=notes)


def _items(figures: Figures) -> Sheet:
    panel = answering_panel(figures)
    rows = [
        (item.code, item.section, item.label, item.asked, item.answered, item.rate, "Yes" if item.is_flagged else "No")
        for item in (panel.items if panel else ())
    ]
    heads = ("Item", "Section", "Question", "Asked", "Answered", "Answered (%)", "Under 90%")
    return Sheet("Item response", heads, rows)


def _outcomes(figures: Figures) -> Sheet:
    panel = outcomes_panel(figures)
    rows = [(each.name, each.number, each.percent) for each in (panel.rows if panel else ())]
    return Sheet("Outcomes", ("Outcome", "Boards", "Share (%)"), rows, notes=(panel.rates,) if panel else ())


def _answering(figures: Figures) -> Sheet:
    panel = answering_panel(figures)
    rows: list[Row] = []
    if panel:
        rows += [("Page where unfinished returns stopped", each.name, each.number) for each in panel.stopped]
        rows += [("Device", each.name, each.number) for each in panel.devices]
        rows += [("Satisfaction", each.name, each.number) for each in panel.satisfaction]
    return Sheet(
        "How boards answer",
        ("What", "Which", "Returns"),
        rows,
        notes=tuple(filter(None, (panel.minutes, panel.cost))) if panel else (),
    )


PANELS: Mapping[str, Callable[[Figures], Sheet]] = {
    "summary": _summary,
    "response": _response,
    "days": _days,
    "authorities": _authorities,
    "representativeness": _evenness,
    "outcomes": _outcomes,
    "items": _items,
    "answering": _answering,
}

TITLES = {
    "summary": "Summary",
    "response": "Response by type and region",
    "days": "Returns by day",
    "authorities": "Authorities on the map",
    "representativeness": "Representativeness",
    "outcomes": "Outcomes",
    "items": "Item response",
    "answering": "How boards answer",
}
