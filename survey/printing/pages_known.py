"""Where the pages of a PDF stand, listed once: pydyf would list them anew for every element that names its page."""

from pydyf import PDF  # type: ignore[import-untyped]

from survey.printing.patching import require

PARTS = 3  # of which the reference to a page is made


def list_pages_once() -> None:
    """Have pydyf answer with `_references`, in this process, from now on."""
    require("The PDF of pydyf", vars(PDF), "page_references")
    PDF.page_references = property(_references)


def _references(pdf: PDF) -> tuple[bytes, ...]:
    """The same as pydyf's; pages are only ever added."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = pdf.__dict__.get("known_references", ())
    if len(known) * PARTS != len(kids):
        known = pdf.known_references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::PARTS])
    return known
