"""The report as one tagged PDF, the same bytes for the same content."""

from collections.abc import Callable
from itertools import count

from django.template.loader import render_to_string

from analysis.outputs.report_content import ReportContent
from analysis.outputs.report_pages import report_page
from survey.printing import pdf

Progress = Callable[[str, int, int], None]
STEPS = 1 + len(pdf.STEPS)


def build_report(content: ReportContent, *, progress: Progress) -> bytes:
    """Return the PDF (PDF/UA-1: tagged, with language, title and bookmarks); `progress` is told each step in words."""
    step = count(1)

    def say(doing: str) -> None:
        progress(doing, next(step), STEPS)

    say("Drawing tables and charts")
    html = render_to_string("analysis/report/report.html", {"report": report_page(content)})
    return pdf.print_pdf(html, stylesheet="report.css", say=say)
