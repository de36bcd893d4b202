"""Documents of ours read by libxml2, for which a tree as HTML asks for it takes a tenth of the time."""

import re
from xml.etree.ElementTree import Element, TreeBuilder

import tinyhtml5  # type: ignore[import-untyped]
from lxml.etree import HTMLParser

# What libxml2 would read otherwise than HTML asks: drawings and formulas in the text, and rows without a group.
ODD = re.compile(r"<(?:svg|math|template|frameset)\b|\0|<table\b[^>]*>\s*<tr\b", re.IGNORECASE)


class _Tree:
    """Hands what is read to Python's own builder of trees, which wants attributes as a plain dictionary."""

    def __init__(self) -> None:
        builder = TreeBuilder()
        self._start, self.end, self.data, self.close = builder.start, builder.end, builder.data, builder.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._start(tag, dict(attributes))


def tree_of(html: str) -> Element:
    """The elements of this document, in no namespace."""
    if ODD.search(html):
        found: Element = tinyhtml5.parse(html, namespace_html_elements=False)
        return found
    parser = HTMLParser(target=_Tree(), no_network=True, remove_comments=True, huge_tree=True)
    parser.feed(html)
    tree: Element = parser.close()
    return tree
