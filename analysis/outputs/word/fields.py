"""What Word reckons itself: places that links lead to, numbers of captions, lists of contents."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

LONGEST_NAME = 40  # longer names of places are refused by Word


class Places:
    """The places of one file: each id has a name that Word allows, and no two have the same."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._names: dict[str, str] = {}

    def name(self, id_: str) -> str:
        """Return the name of the place; the same id has the same name."""
        if id_ not in self._names:
            letters = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in id_)
            self._names[id_] = f"p{len(self._names) + 1}_{letters}"[:LONGEST_NAME]
        return self._names[id_]

    def mark(self, paragraph: Paragraph, id_: str) -> None:
        """Make the paragraph a place that links can lead to."""
        number = str(next(self._numbers))
        start = _element("w:bookmarkStart", {"w:id": number, "w:name": self.name(id_)})
        properties = paragraph._p.pPr  # noqa: SLF001 -- python-docx knows no bookmarks
        paragraph._p.insert(0 if properties is None else 1, start)  # noqa: SLF001
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))  # noqa: SLF001


def link(paragraph: Paragraph, text: str, *, to: str, places: Places) -> None:
    """Add a link to a place of the file (`#id`) or to an address."""
    hyperlink = OxmlElement("w:hyperlink")
    if to.startswith("#"):
        hyperlink.set(qn("w:anchor"), places.name(to[1:]))
    else:
        hyperlink.set(qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    if not to.startswith("#"):
        run.underline = True
    hyperlink.append(run._r)  # noqa: SLF001
    paragraph._p.append(hyperlink)  # noqa: SLF001


def add_number(paragraph: Paragraph, kind: str, number: int) -> None:
    """Add the number of a caption as a field, so that Word can make a list of captions; it starts where ours does."""
    with _field(paragraph, f" SEQ {kind} \\* ARABIC \\r {number} "):
        paragraph.add_run(str(number))


@contextmanager
def listing(first: Paragraph, last: Paragraph, instruction: str) -> Iterator[None]:
    """Make the paragraphs from the first to the last a list that Word brings up to date when it is asked to."""
    yield
    for place, part in enumerate(_beginning(instruction), start=1):
        first._p.insert(place, part)  # noqa: SLF001
    last._p.append(_character("end"))  # noqa: SLF001


@contextmanager
def _field(paragraph: Paragraph, instruction: str) -> Iterator[None]:
    for part in _beginning(instruction):
        paragraph._p.append(part)  # noqa: SLF001
    yield
    paragraph._p.append(_character("end"))  # noqa: SLF001


def _beginning(instruction: str) -> tuple[BaseOxmlElement, ...]:
    run, told = OxmlElement("w:r"), OxmlElement("w:instrText")
    told.text = instruction
    told.set(qn("xml:space"), "preserve")
    run.append(told)
    return _character("begin"), run, _character("separate")


def _character(kind: str) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(_element("w:fldChar", {"w:fldCharType": kind}))
    return run


def _element(tag: str, values: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(name), value)
    return element
