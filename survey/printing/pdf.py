"""HTML as one tagged PDF (PDF/UA-1), the same bytes for the same HTML."""

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from pydyf import PDF  # type: ignore[import-untyped]
from weasyprint import CSS, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from accounts.collecting import collecting_rarely
from survey.printing.attaching import EARLIEST, Attached
from survey.printing.defaults import Source, own_styles
from survey.printing.drawings import part
from survey.printing.fetching import BASE_URL, NO_DRAWINGS, AssetFetcher
from survey.printing.lines_known import set_lines_once
from survey.printing.pages_known import list_pages_once
from survey.printing.pdf_artifacts import set_apart
from survey.printing.pdf_checks import problems_of
from survey.printing.pdf_spans import fold_spans
from survey.printing.pdf_tables import join_parts
from survey.printing.pdf_tags import tie_cells
from survey.printing.plain_drawings import draw_plainly
from survey.printing.sizes_known import reckon_sizes_once
from survey.printing.steps import STEPS, tell_painting, telling_pages

VARIANT = "pdf/ua-1"
draw_plainly()
list_pages_once()
set_lines_once()
reckon_sizes_once()


class PrintingError(Exception):
    """The document could not be printed; says why."""


def print_pdf(
    html: str,
    *,
    stylesheet: str,
    say: Callable[[str], None] = lambda _: None,
    turn: Callable[[str], None] = lambda _: None,
    attached: Sequence[Attached] = (),
    pictures: Mapping[str, bytes] = NO_DRAWINGS,
) -> bytes:
    """The PDF: tagged, with language, title and files; `say` is told each of STEPS, `turn` each page.

    `pictures` are those that the document names, by name.
    """
    unpacking, setting, writing = STEPS
    say(unpacking)
    folder = _assets(stylesheet)
    fonts, styles = _styles(folder, stylesheet)
    try:
        with collecting_rarely():  # setting pages makes many objects that live to the end
            say(setting)
            parted = part(html)
            fetcher = AssetFetcher(folder, {**parted.drawings, **pictures})
            source = Source(parted.html, base_url=BASE_URL, url_fetcher=fetcher)
            with telling_pages(turn):
                pages = source.render(font_config=fonts, stylesheets=[styles], pdf_variant=VARIANT)
            say(writing)
            tell_painting(pages.pages, turn)
            pages.metadata.attachments = [_attachment(file) for file in attached]
            pdf: bytes = pages.write_pdf(finisher=_finish, pdf_variant=VARIANT)
    except FatalURLFetchingError as problem:  # it is no Exception: left alone, it would end the worker
        raise PrintingError(str(problem)) from problem
    return pdf


def _attachment(file: Attached) -> Attachment:
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.words,
        relationship="Data",
        created=EARLIEST,
        modified=EARLIEST,
    )


def _finish(document: object, pdf: PDF) -> None:
    """The last thing before the PDF is written: what WeasyPrint leaves out of its structure, and a look at it."""
    join_parts(document, pdf)
    tie_cells(pdf)
    set_apart(pdf)
    fold_spans(pdf)
    if problems := problems_of(pdf):
        raise PrintingError(f"The document could not be read aloud in order: {' '.join(problems)}")


def warm_up(stylesheet: str) -> None:
    """Unpacks fonts and styles now, for those who print with them later in this process or in one that it begins."""
    _styles(_assets(stylesheet), stylesheet)
    own_styles()


def _assets(stylesheet: str) -> Path:
    found = finders.find(stylesheet)
    if not isinstance(found, str):
        raise PrintingError("The styles of printed documents have not been built. Run: make setup")
    return Path(found).parent


@cache
def _styles(folder: Path, stylesheet: str) -> tuple[FontConfiguration, CSS]:
    """Unpacking the fonts takes longer than drawing a page: a process does it once."""
    fonts = FontConfiguration()
    fetcher = AssetFetcher(folder)
    styles = CSS(url=f"{BASE_URL}{stylesheet}", url_fetcher=fetcher, font_config=fonts)
    gc.freeze()  # all that is loaded by now stays, and need not be looked through after every few documents
    return fonts, styles
