"""What a report says, for tests: the 57 invented returns of 2012."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from analysis.core.document import Template, fill, parse
from analysis.core.document.blocks import Document
from analysis.outputs.report_material import material_of
from analysis.outputs.report_pdf import build_report
from analysis.outputs.report_sources import Response, Sources
from tests.golden import published as golden

RESPONSE = Response(returns=57, boards=148, boards_named=51, chairs=53, authorities=152, authorities_covered=53)

TOLD: list[tuple[str, int, int]] = []  # what making the report said of how far it was


@cache
def template_2012() -> Template:
    return parse((golden.ROOT / "analysis" / "plans" / "munro_2012.report.md").read_text(encoding="utf-8"))


def sources_2012(**changes: Any) -> Sources:
    sources = Sources(
        plan=golden.plan(),
        tables=tuple(golden.tables()),
        response=RESPONSE,
        fieldwork="3 to 29 February 2012",
        made_on=date(2012, 5, 14),
        demonstration=True,
    )
    return replace(sources, **changes)


def document_2012(text: str = "", **changes: Any) -> Document:
    template = parse(f"---\ntitle: A report\n---\n{text}") if text else template_2012()
    return fill(template, material_of(sources_2012(**changes)))


@cache
def report_2012() -> bytes:
    """As a PDF, made once for all tests of a process."""
    return build_report(document_2012(), progress=lambda *step: TOLD.append(step))
