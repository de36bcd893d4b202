"""The report as one tagged PDF, the same bytes for the same content."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from analysis.outputs.fetching import BASE_URL, AssetFetcher
from analysis.outputs.pdf_tags import tie_cells
from analysis.outputs.report_content import ReportContent
from analysis.outputs.report_pages import report_page

Progress = Callable[[str, int, int], None]
STEPS = 4
VARIANT = "pdf/ua-1"


class ReportError(Exception):
    """The report could not be set; says why."""


def build_report(content: ReportContent, *, progress: Progress) -> bytes:
    """Return the PDF (PDF/UA-1: tagged, with language, title and bookmarks); `progress` is told each step in words."""
    progress("Drawing tables and charts", 1, STEPS)
    html = render_to_string("analysis/report/report.html", {"report": report_page(content)})
    progress("Unpacking fonts and styles", 2, STEPS)
    folder = _assets()
    fonts, styles = _styles(folder)
    try:
        with _collecting_rarely():
            progress("Setting the pages", 3, STEPS)
            source = HTML(string=html, base_url=BASE_URL, url_fetcher=AssetFetcher(folder))
            pages = source.render(font_config=fonts, stylesheets=[styles], pdf_variant=VARIANT)
            progress("Writing the PDF", 4, STEPS)
            pdf: bytes = pages.write_pdf(finisher=tie_cells, pdf_variant=VARIANT)
    except FatalURLFetchingError as problem:  # it is no Exception: left alone, it would end the worker
        raise ReportError(str(problem)) from problem
    return pdf


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Setting pages makes many objects that live to the end; looking through them often takes a fifth of the work."""
    usual = gc.get_threshold()
    gc.set_threshold(5_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _assets() -> Path:
    found = finders.find("report.css")
    if not isinstance(found, str):
        raise ReportError("The styles of the report have not been built. Run: make setup")
    return Path(found).parent


@cache
def _styles(folder: Path) -> tuple[FontConfiguration, CSS]:
    """Unpacking the fonts takes longer than drawing a page: a worker does it once."""
    fonts = FontConfiguration()
    fetcher = AssetFetcher(folder)
    return fonts, CSS(url=f"{BASE_URL}report.css", url_fetcher=fetcher, font_config=fonts)
