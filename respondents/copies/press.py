"""Prints the copies. Loading the press takes longer than printing, so a process that prints nothing never does."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import cast

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template.loader import render_to_string

STYLES = "copies.css"
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def printed(template: str, copy: object, *, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """The copy as a tagged PDF, from this template; `pictures` are those that it names, by name."""
    return _print(render_to_string(template, {"copy": copy}), pictures)


@lru_cache(maxsize=8)
def printed_once(template: str, copy: object) -> bytes:
    """The same for what is equal for everybody: printed by one process, kept in the cache for all the others."""
    html = render_to_string(template, {"copy": copy})
    key = f"printed-{sha256(html.encode() + _styles()).hexdigest()}"
    return cast("bytes", cache.get_or_set(key, lambda: _print(html), timeout=None))


def _print(html: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- a second and 40 MB that most processes save

    return print_pdf(html, stylesheet=STYLES, pictures=pictures)


def _styles() -> bytes:
    """The styles, so that new ones print anew; where they are missing, printing says so."""
    found = finders.find(STYLES)
    return Path(found).read_bytes() if isinstance(found, str) else b""
