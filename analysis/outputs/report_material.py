"""The material of a report's template: tables with short titles, facts, findings, quotes and parts by name."""

from collections.abc import Iterator

from analysis.core.companions import companion_id, has_companion
from analysis.core.document import Exhibit, Material
from analysis.core.document.blocks import Cover
from analysis.core.outcomes import OUTCOMES
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.outputs.report_parts import parts_of
from analysis.outputs.report_sources import Sources

INVENTED = (
    "Demonstration. Every answer in this report is invented; no board gave it. The figures show what the product does "
    "and say nothing about any board."
)
INVENTED_HERE = "Demonstration: every answer in this report is invented."
WITHOUT = "of those that gave an answer"
WITHHELD = "is not printed in this report: it is withheld, or nobody has answered its question yet"


def material_of(sources: Sources) -> Material:
    """Return everything that a template may ask for."""
    plan, printed = sources.plan, {table.id for table in sources.tables}
    exhibits = {table.id: exhibit_of(table, sources) for table in sources.tables}
    return Material(
        unit=plan.unit,
        cover=cover_of(sources),
        exhibits=tuple(exhibits.values()),
        boards=sources.response.boards,
        dates=sources.fieldwork,
        absent={id_: WITHHELD for id_ in _every_id(plan) if id_ not in printed},
        facts=dict(_facts(sources)),
        findings={finding.id: finding.text for theme in plan.findings for finding in theme.findings},
        quotes=sources.quotes,
        pictures=sources.pictures,
        items=tuple(code for code, item in plan.questionnaire.items.items() if item.kind == "text"),
        parts=parts_of(sources, exhibits),
    )


def cover_of(sources: Sources) -> Cover:
    """Return the cover but for the titles, which the template has."""
    return Cover(
        title=sources.plan.title,
        subtitle="",
        short_title="",
        source=sources.plan.source,
        lines=tuple(filter(None, (f"{sources.rate} answered", sources.fieldwork, sources.audience))),
        notices=(INVENTED,) if sources.demonstration else (),
        returns=sources.response.returns,
        boards=sources.response.boards,
        made_on=sources.made_on,
        running=INVENTED_HERE if sources.demonstration else "",
    )


def exhibit_of(table: Table, sources: Sources) -> Exhibit:
    """Return the table as its plan titles and draws it, with the weighted one behind it."""
    spec = next((each for each in sources.plan.every_table if each.id == (table.companion_of or table.id)), None)
    short = (spec.short or spec.title) if spec else _short_of_groups(table, sources)
    if table.companion_of:
        return Exhibit(table, f"{short}, {WITHOUT}", None, None)
    weighted = sources.weighted.get(table.id)
    beside = Exhibit(weighted, f"{short} (weighted)") if weighted else None
    return Exhibit(table, short, spec.chart if spec else None, beside)


def _short_of_groups(table: Table, sources: Sources) -> str:
    """The short title of the table that this one breaks down, and by what; its own title where it breaks none down."""
    spec = next((each for each in sources.plan.every_table if table.id.startswith(f"{each.id}-by-")), None)
    if spec is None or not table.title.startswith(spec.title):
        return table.title
    return f"{spec.short or spec.title}{table.title.removeprefix(spec.title)}"


def _every_id(plan: Plan) -> Iterator[str]:
    """Every table that a template may name, whether or not it is there this time."""
    yield OUTCOMES
    for spec in plan.every_table:
        yield spec.id
        if has_companion(spec, plan=plan):
            yield companion_id(spec.id)


def _facts(sources: Sources) -> Iterator[tuple[str, str]]:
    """Words that a template may put into a sentence by their name."""
    found = sources.response
    yield "rate", str(sources.rate)
    yield "unit", sources.plan.unit
    yield "dates", sources.fieldwork
    counts = {
        "returns": found.returns,
        "boards": found.boards,
        "silent": found.silent,
        "chairs": found.chairs,
        "boards-named": found.boards_named,
        "unattributed": found.unattributed,
        "authorities": found.authorities,
        "authorities-covered": found.authorities_covered,
        "differing": sum(len(table.differing) for table in sources.tables),
    }
    yield from ((name, f"{count:,}") for name, count in counts.items())
    yield "publication", sources.plan.published.name if sources.plan.published else "the published report"
