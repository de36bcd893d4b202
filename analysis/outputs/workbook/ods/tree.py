"""Elements of the open format by their short names."""

from lxml import etree

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


VERSION = "1.3"  # some programs refuse a file that calls itself newer


def root(name: str) -> etree._Element:
    """Return the first element of a part of the file."""
    return etree.Element(_full(name), {_full("office:version"): VERSION}, nsmap=SPACES)


def add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """Return a new last child of an element."""
    found = etree.SubElement(parent, _full(name), {_full(key): value for key, value in (attributes or {}).items()})
    if text:
        found.text = text
    return found


def written(element: etree._Element) -> bytes:
    """Return a part as it stands in the file."""
    found: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8")
    return found


def _full(name: str) -> str:
    if name not in _FULL:
        prefix, _, local = name.partition(":")
        _FULL[name] = f"{{{SPACES[prefix]}}}{local}"
    return _FULL[name]


_FULL: dict[str, str] = {}
