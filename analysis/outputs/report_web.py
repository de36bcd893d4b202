"""A document as the article of a web page, the same for the same document."""

from collections.abc import Callable

from django.template.loader import render_to_string

from analysis.core.document.blocks import Document
from analysis.outputs.document_pages import screen_page

Progress = Callable[[str, int, int], None]
STEPS = 2


def make_web(document: Document, progress: Progress) -> bytes:
    """Return the article; its tables lead to their own pages, which stand beside it under `tables/`."""
    progress("Writing the web page", STEPS, STEPS)
    page = screen_page(document, place=lambda table: f"../tables/{table}/")
    return render_to_string("analysis/report/article.html", {"report": page}).encode()
