"""The parts of the comparison with earlier surveys: published figures beside the tables, waves of the same boards."""

from collections.abc import Iterator
from datetime import datetime

from analysis.comparators.comparing import Compared, compare_wave
from analysis.comparators.pages.comparison import facts_of, rows_of
from analysis.comparators.standing import every_other
from analysis.comparators.words import family_in_words
from analysis.core.document.blocks import Block, TableBlock
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.reports.parts.making import Parts, facts, heading, said
from analysis.waves_compared.comparing import ComparedWaves, compare_waves, others_of
from analysis.waves_compared.pages import waves_page
from survey.models import Wave

NEVER = (
    "Other people answered, for other bodies, in answers of their own. Figures stand side by side for reference, each "
    "difference is tested as one between two independent samples, and nothing here is a trend."
)


def earlier_parts(wave: Wave, plan: Plan, *, now: datetime) -> Parts:
    """Every part by name; empty where there is nothing to compare with."""
    others = [compare_wave(wave, other.id, now=now) for other in every_other(wave, plan=plan)]
    waves = [compare_waves(wave, other) for other in others_of(wave).filter(opens_at__lt=wave.opens_at)]
    return {
        "other-surveys": tuple(block for found in others for block in _survey(wave, found)),
        "earlier-waves": tuple(block for found in waves for block in _waves(wave, found)),
    }


def _survey(wave: Wave, found: Compared) -> Iterator[Block]:
    yield heading(f"beside-{found.other.id}", f"{found.other.label}: {found.other.who}")
    yield from said(found.other.caveat, NEVER, family_in_words(found.comparison.family))
    for table in found.tables:
        yield from _table(wave, found, table)


def _table(wave: Wave, found: Compared, table: Table) -> Iterator[Block]:
    name = f"{found.other.id}-{table.id}"
    told = ((each.name, each.here, each.there) for each in facts_of(wave, found, table))
    head = ("What differs", "This survey", found.other.label)
    yield from facts(f"facts-{name}", f"Table {table.number} in both surveys", head, told, words=(1, 2))
    yield TableBlock(table, table.title)
    rows = (
        (row.name, row.here, row.there, row.points, row.interval, row.adjusted, row.sentence)
        for row in rows_of(found, table)
    )
    heads = ("Item", "This survey", found.other.label, "Points", "95% interval", "p (Holm)", "What may be said")
    title = f"Table {table.number} tested against {found.other.label}"
    yield from facts(f"tests-{name}", title, heads, rows, words=(6,))


def _waves(wave: Wave, found: ComparedWaves) -> Iterator[Block]:
    page = waves_page(wave, found)
    yield heading(f"wave-{found.earlier.slug}", page.earlier)
    yield from said(page.lead, page.family)
    rows = ((row.name, row.base, row.earlier, row.later, row.adjusted, row.sentence) for row in page.rows)
    head = ("Item", "Boards", "Earlier", "Later", "p (Holm)", "What may be said")
    title = "Boards that answered in both waves"
    yield from facts(f"pairs-{found.earlier.slug}", title, head, rows, words=(5,))
    left = ((each.code, each.why) for each in (*page.refused, *page.added, *page.dropped))
    yield from facts(f"left-{found.earlier.slug}", "Items that are not paired", ("Item", "Why"), left, words=(1,))
