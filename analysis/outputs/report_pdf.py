"""The report as one tagged PDF, the same bytes for the same content."""

from collections.abc import Callable

from django.template.loader import render_to_string

from accounts.refusals import Refusal
from analysis.outputs.report_content import ReportContent
from analysis.outputs.report_pages import report_page
from survey.printing import steps

Progress = Callable[[str, int, int], None]
GATHERED = 1  # the step that is done before there is anything to make a report from
STEPS = GATHERED + 1 + len(steps.STEPS)


class CannotPrint(Refusal):
    """What the report holds cannot be set."""

    title = "The report cannot be printed"


def make_report(content: ReportContent, progress: Progress) -> bytes:
    """Return the PDF for whoever asked for it; CannotPrint says in words what stands in the way."""
    from survey.printing.pdf import PrintingError  # noqa: PLC0415 -- a second and 40 MB that most processes save

    try:
        return build_report(content, progress=progress)
    except PrintingError as problem:
        raise CannotPrint(f"{problem} Nothing was built.") from problem


def build_report(content: ReportContent, *, progress: Progress) -> bytes:
    """Return the PDF (PDF/UA-1: tagged, with language, title and bookmarks); `progress` is told each step in words."""
    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- as above

    at = GATHERED

    def say(doing: str) -> None:
        nonlocal at
        at += 1
        progress(doing, at, STEPS)

    say("Drawing tables and charts")
    html = render_to_string("analysis/report/report.html", {"report": report_page(content)})
    return print_pdf(
        html, stylesheet="report.css", say=say, turn=lambda page: progress(f"Setting page {page}", at, STEPS)
    )
