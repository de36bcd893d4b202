"""WeasyPrint's own styles, with what they say of marks and notes said only of the elements that can have them.

WeasyPrint styles a mark, a footnote and three kinds of notes for every element of a document, six for each cell of a
table, and keeps them all: a third of the work of styling and of its memory.
"""

import re
from functools import cache

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA
from weasyprint.urls import URLFetcher

from survey.printing.patching import require
from survey.printing.reading import tree_of

ONLY_OF = {"marker": "li", "footnote-call": ".footnote", "footnote-marker": ".footnote"}
OF_EVERY_ELEMENT = re.compile(r"^::(?P<part>marker|(?:foot)?note-[a-z]+)\b(?P<rule>[^{]*{[^}]*})", re.MULTILINE)


require("The HTML of WeasyPrint", vars(HTML), "_ua_stylesheets")


class Source(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """HTML of ours, which has no notes but those of the class “footnote”, no forms and no base but that given."""

    def __init__(self, html: str, *, base_url: str, url_fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree_of(html), content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 -- as WeasyPrint asks
        return [own_styles()]


@cache
def own_styles() -> CSS:
    """WeasyPrint's styles for every document, read once."""
    return CSS(string=narrowed(UA), counter_style=CounterStyle())


def narrowed(styles: str) -> str:
    """These styles said of fewer elements; raises NothingToChangeError where they are not laid out as they were."""
    require("The styles of WeasyPrint", {found["part"] for found in OF_EVERY_ELEMENT.finditer(styles)}, *ONLY_OF)
    return OF_EVERY_ELEMENT.sub(_narrowed, styles)


def _narrowed(found: re.Match[str]) -> str:
    element = ONLY_OF.get(found["part"])
    return f"{element}::{found['part']}{found['rule']}" if element else ""
