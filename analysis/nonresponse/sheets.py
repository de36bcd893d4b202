"""The page as tables to take away: a workbook of them, or all in one long list."""

from collections.abc import Iterator
from datetime import datetime

from analysis.monitoring.exports import PANELS
from analysis.monitoring.figures import figures_of
from analysis.nonresponse.page import NonResponsePage
from analysis.outputs.certainty import KEPT
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

LIST_HEADS = ("Table", "Row", "Place", "Figure", "Value")


def workbook(page: NonResponsePage, *, now: datetime) -> bytes:
    """Every table on a sheet of its own."""
    return write_xlsx(list(_sheets(page, now=now)), title=f"Who did not answer, {page.wave.title}")


def long_list(page: NonResponsePage, *, now: datetime) -> bytes:
    """Every figure of every table on a line of its own."""
    return write_csv(LIST_HEADS, [line for sheet in _sheets(page, now=now) for line in _lines(sheet)])


def _lines(sheet: Sheet) -> Iterator[Row]:
    for number, row in enumerate(sheet.rows, start=1):
        for head, cell in zip(sheet.heads[1:], row[1:], strict=True):
            yield (sheet.title, number, row[0], head, cell)


def _sheets(page: NonResponsePage, *, now: datetime) -> Iterator[Sheet]:
    figures = figures_of(page.wave, now=now)
    yield _response(page)
    yield PANELS["representativeness"](figures)
    yield _headlines(page)
    yield _items(page)
    yield _late_groups(page)
    yield _late(page)
    yield _weighting(page)


def _response(page: NonResponsePage) -> Sheet:
    heads = (
        "Group", "By", "Returns", "Eligible boards", "Rate (% of boards)", "Share of returns (%)", "Expected returns",
        "Adjusted residual", "In words",
    )  # fmt: skip
    rows = [
        (row.level, panel.evenness.title, row.returns, row.eligible, row.rate, row.share,
         float(row.expected), _number(row.residual), row.words)
        for panel in page.panels
        for row in panel.evenness.rows
    ]  # fmt: skip
    return Sheet("Response by group", heads, rows, notes=(str(page.headline), page.silent, page.unplaced or "–"))


def _headlines(page: NonResponsePage) -> Sheet:
    heads = ("Figure", "Finding", "Table", "Of those that answered", "If the silent are alike", "Possible",
             "Silent needed for a majority")  # fmt: skip
    rows = [
        (row.place, row.finding, row.number, row.figure, _plain(row.interval), _plain(row.bounds), row.majority)
        for row in page.certain
    ]
    note = (
        "If alike: exact hypergeometric interval, 95%. Possible: whatever the silent think. The last column: how many "
        "of the silent it would take for a majority of all boards."
    )
    return Sheet("Headlines", heads, rows, notes=(note,))


def _items(page: NonResponsePage) -> Sheet:
    heads = ("Item", "Question", "Asked", "Answered", "Of which don’t know", "Not answered", "Refused",
             "Answered (%)", "Under 90%")  # fmt: skip
    rows = [
        (each.code, each.label, each.asked, each.answered, each.dont_know, each.not_answered, each.refused,
         each.percent, "Yes" if each.is_low else "No")
        for each in page.items
    ]  # fmt: skip
    return Sheet("Item response", heads, rows, notes=(page.items_words,))


def _late_groups(page: NonResponsePage) -> Sheet:
    rows = [
        (level.level, panel.title, level.rate.returns, level.rate.eligible, level.rate.percent)
        for panel in page.late_panels
        for level in panel.levels
    ]
    notes = (page.split_words, *(panel.words for panel in page.late_panels))
    return Sheet("Late by group", ("Group", "By", "Late returns", "Returns", "Late (%)"), rows, notes=notes)


def _late(page: NonResponsePage) -> Sheet:
    heads = ("Figure", "Table", "Early", "Late", "Late less early (points)", "p (Holm)", "In words",
             "All boards if the silent are like the late")  # fmt: skip
    rows = [
        (row.place, row.number, row.early, row.late, _number(row.difference), _number(row.p), row.words, row.if_alike)
        for row in page.late
    ]
    return Sheet("Late and early", heads, rows, notes=(page.lateness_words,) if page.lateness_words else ())


def _weighting(page: NonResponsePage) -> Sheet:
    heads = ("Figure", "Weights", "Table", "Unweighted", "Weighted", "Shift (points)", "Interval", "Standard error")
    rows = [
        (row.place, panel.title, row.number, row.unweighted, row.weighted, _number(row.shift), row.interval,
         _number(row.se))
        for panel in page.weighings
        for row in panel.rows
    ]  # fmt: skip
    notes = (page.asked_words, *(f"{panel.title}: {panel.words}" for panel in page.weighings))
    return Sheet("Weighting", heads, rows, notes=notes)


def _plain(text: str) -> str:
    return text.replace(KEPT, " ")


def _number(text: str) -> float | None:
    """The figure as a number again; a dash is none."""
    return None if text == "–" else float(text.replace("−", "-"))
