"""A whole report as blocks, filled and numbered, before it becomes a page of print, a web page or a Word file.

Every format is made from the same `Document`, so a number can only be the same everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from analysis.core.house_style import PLAIN, HouseStyle, Picture
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table

ROOMY = 4  # lines and notices on a cover


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text; `token` names the cells that its number was taken from, if it was."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a block (`#id`), or to a web or mail address."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place to which a footnote of the document belongs."""

    note_id: str
    number: int


Inline = Words | Link | NoteMark
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, from 2 (a chapter) to 4; the title of the document has level 1 and is no block."""

    id: str
    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one line an item."""

    lines: tuple[Line, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table of words and ready figures; the first column heads its rows.

    `words` are the places of further columns that hold sentences and are set left; all others hold figures.
    """

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered table of the survey."""

    table: Table
    short: str

    @property
    def id(self) -> str:
        """Where a link leads to."""
        return self.table.id


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """The charts of a table: each format draws them from the table by the kind.

    `number` is that of the first figure, further charts of the same table follow it; `short` is what figures are titled
    with. Both are empty in a document that was not filled from a template.
    """

    table: Table
    kind: ChartKind
    short: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words of chairs that were approved for print, under the question they answer."""

    question: str
    words: tuple[str, ...]
    credit: str
    item: str = ""  # its code, by which they are told from the same words under another question


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be seen before the rest: that the answers are invented, that this is a draft."""

    line: Line


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture that was sent in for the report; with a title it is a figure, and has a number."""

    picture: Picture
    title: str = ""
    name: str = ""
    number: int = 0


Block = Heading | Paragraph | Items | Facts | TableBlock | ChartBlock | Quotes | Notice | PictureBlock


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote; `number` is the order in which the text leads to it."""

    id: str
    number: int
    line: Line


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list of references."""

    id: str
    line: Line


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands before the text: titles, who speaks, when, and on how many returns of how many boards.

    `running` is said on every page: that the answers are invented. `house` is how all of it looks.
    """

    title: str
    subtitle: str
    short_title: str
    source: str
    lines: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    returns: int = 0
    boards: int = 0
    made_on: date | None = None
    running: str = ""
    house: HouseStyle = PLAIN

    @property
    def is_full(self) -> bool:
        """Return whether so much is said below the titles that they have to leave room for it on paper."""
        return len(self.lines) + len(self.notices) > ROOMY


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its cover, its blocks in reading order, its footnotes and its references.

    `unit` is what is counted, in the plural, and `dates` the time of the survey in words: captions name both.
    References are printed last, under a heading of their own.
    """

    cover: Cover
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[Reference, ...] = ()
    language: str = field(default="en-GB")
    unit: str = "returns"
    dates: str = ""

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings in order, for a list of contents."""
        return (block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> Iterator[TableBlock]:
        """The tables in order, for a list of tables."""
        return (block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def pictures(self) -> Iterator[PictureBlock]:
        """The pictures in order."""
        return (block for block in self.blocks if isinstance(block, PictureBlock))

    @property
    def charts(self) -> Iterator[ChartBlock]:
        """The charts in order, for a list of figures."""
        return (block for block in self.blocks if isinstance(block, ChartBlock))


def plain(line: Line) -> str:
    """Return the words of a line without their shape; marks of footnotes are left out."""
    return "".join(part.text for part in line if not isinstance(part, NoteMark))
