"""The summary on one page: its template, and the page itself, which is refused where it would run to two."""

import io
from collections.abc import Callable

from django.template.loader import render_to_string

from accounts.refusals import Overtaken
from analysis.core.document.blocks import Document
from analysis.core.plan import Plan
from analysis.outputs.document_pages import document_page
from analysis.outputs.report_pdf import GATHERED, STEPS
from analysis.planning import PLANS, plan_of
from survey.models import Wave

Progress = Callable[[str, int, int], None]
FINDINGS, CHARTS = 5, 2
ON_SCALE = {"diverging", "stacked"}


class OverOnePage(Overtaken):
    """The summary runs to more than one page."""

    title = "The summary does not fit on one page"


def one_page_template(wave: Wave) -> str:
    """The template of the wave's plan, or a plain one with the first findings and charts of the plan."""
    plan = plan_of(wave)
    path = PLANS / f"{wave.plan}.one-page.md"
    return path.read_text(encoding="utf-8") if path.exists() else _plain(plan)


def make_one_page(document: Document, progress: Progress) -> bytes:
    """The PDF of exactly one page; OverOnePage says by how much it is too long."""
    from pypdf import PdfReader  # noqa: PLC0415 -- only where something is printed

    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- a second and 40 MB that most processes save

    progress("Setting the page", GATHERED + 1, STEPS)
    html = render_to_string("analysis/report/one_page.html", {"report": document_page(document)})
    content = print_pdf(html, stylesheet="onepage.css")
    pages = len(PdfReader(io.BytesIO(content)).pages)
    if pages != 1:
        raise OverOnePage(
            f"The summary runs to {pages} pages, and must be exactly one. Choose fewer findings or charts in its "
            "template, then build it again. Nothing was built."
        )
    return content


def _plain(plan: Plan) -> str:
    findings = [finding.id for theme in plan.findings for finding in theme.findings][:FINDINGS]
    charts = [spec.id for spec in plan.specs if spec.chart in ON_SCALE][:CHARTS]
    return "\n\n".join((
        f"---\ntitle: {plan.title}\n---",
        "# Who answered",
        "{rate} made a return, {dates}. Figures are of the {unit} that answered.",
        "::: part differing",
        *(("# What they said", f"::: findings {' '.join(findings)}") if findings else ()),
        "# In pictures",
        *(f"::: if table {id_}\n::: chart {id_}\n:::" for id_ in charts),
    )) + "\n"  # fmt: skip
