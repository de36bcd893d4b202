"""The parts of the non-response report for staff: the page that precedes all findings, as blocks."""

from collections.abc import Iterator
from datetime import datetime

from analysis.core.document.blocks import Block
from analysis.nonresponse.page import NonResponsePage, non_response_page
from analysis.reports.parts.making import Parts, facts, heading, listed, said
from survey.models import Wave


def silent_parts(wave: Wave, *, now: datetime) -> Parts:
    """Every part by name."""
    page = non_response_page(wave, now=now)
    return {
        "silent": (*said(f"{page.headline} answered. {page.silent}", page.unplaced), *listed(page.verdicts)),
        "groups": tuple(_groups(page)),
        "headlines": tuple(_headlines(page)),
        "items": tuple(_items(page)),
        "late": tuple(_late(page)),
        "weights": tuple(_weights(page)),
    }


def _groups(page: NonResponsePage) -> Iterator[Block]:
    heads = ("Group", "Returns", "Boards", "Rate (%)", "Expected", "Residual", "In words")
    for panel in page.panels:
        even = panel.evenness
        rows = (
            (row.level, f"{row.returns:,}", f"{row.eligible:,}", row.rate, row.expected, row.residual, row.words)
            for row in even.rows
        )
        yield heading(even.id, even.title)
        yield from said(f"{even.verdict} {even.test}", even.indicator, even.chase)
        title = f"Response {even.title[:1].lower()}{even.title[1:]}"
        yield from facts(f"{even.id}-groups", title, heads, rows, words=(6,))


def _headlines(page: NonResponsePage) -> Iterator[Block]:
    heads = ("Figure, by table", "Answered", "All, if alike", "All, possible", "Silent needed for a majority")
    rows = ((f"{row.number}. {row.place}", row.figure, row.interval, row.bounds, row.majority) for row in page.certain)
    yield from facts("headlines", "What the silent leave open", heads, rows)


def _items(page: NonResponsePage) -> Iterator[Block]:
    yield from said(page.items_words)
    heads = ("Item", "Asked", "Answered", "Don't know", "Not answered", "Refused", "Answered (%)")
    rows = (
        (f"{each.code}. {each.label}", each.asked, each.answered, each.dont_know, each.not_answered, each.refused,
         each.percent)
        for each in page.items
    )  # fmt: skip
    yield from facts("items", "Every item: who answered it", heads, rows)


def _late(page: NonResponsePage) -> Iterator[Block]:
    yield from said(page.split_words)
    for panel in page.late_panels:
        rates = ((level.level, level.rate) for level in panel.levels)
        rows = ((level, f"{rate.returns:,}", f"{rate.eligible:,}", rate.percent) for level, rate in rates)
        yield from said(panel.words)
        yield from facts(panel.id, panel.title, ("Group", "Late", "Returns", "Late (%)"), rows)
    yield from said(page.lateness_words)
    heads = ("Figure, by table", "Early", "Late", "Difference", "p", "In words", "All, if like the late")
    late = (
        (f"{row.number}. {row.place}", row.early, row.late, row.difference, row.p, row.words, row.if_alike)
        for row in page.late
    )
    yield from facts("late", "Early and late returns", heads, late, words=(5,))


def _weights(page: NonResponsePage) -> Iterator[Block]:
    yield from said(page.asked_words)
    heads = ("Figure, by table", "Unweighted", "Weighted", "Shift", "Interval", "Standard error")
    for panel in page.weighings:
        yield heading(panel.id, panel.title)
        yield from said(panel.words)
        rows = (
            (f"{row.number}. {row.place}", row.unweighted, row.weighted, row.shift, row.interval, row.se)
            for row in panel.rows
        )
        yield from facts(f"{panel.id}-figures", panel.title, heads, rows)
