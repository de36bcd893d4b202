"""Prints the copies. Loading the press takes longer than printing, so a process that prints nothing never does."""

from functools import lru_cache

from django.template.loader import render_to_string

STYLES = "copies.css"


def printed(template: str, copy: object) -> bytes:
    """The copy as a tagged PDF, from this template."""
    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- half a second and 40 MB that most processes save

    return print_pdf(render_to_string(template, {"copy": copy}), stylesheet=STYLES)


@lru_cache(maxsize=8)
def printed_once(template: str, copy: object) -> bytes:
    """The same, kept while the process lives: for what is equal for everybody."""
    return printed(template, copy)
