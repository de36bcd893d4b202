"""A template that was read: its header, its nodes in order, and the parts of its sentences; numbers not yet filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.core.document.header import Header
from analysis.core.finding_tokens import Token


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are written."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is taken from cells."""

    token: Token
    line: int
    is_strong: bool = False
    is_emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A fact of the survey or a table, by its name; `figure` is “chart” for its chart, “picture” for a picture."""

    name: str
    line: int
    figure: str = ""
    is_strong: bool = False
    is_emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Leading:
    """A link."""

    text: str
    to: str
    line: int


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The place of a footnote."""

    id: str


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry of the list of references that is leaned on here."""

    id: str
    line: int


Part = Text | Number | Named | Leading | NoteCall | Citation


@dataclass(frozen=True, slots=True)
class Sentence:
    """The parts of a paragraph, an item, a heading or a note; `line` is where it begins in the template."""

    line: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class HeadingNode:
    """A heading, 2 for a chapter."""

    id: str
    level: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ParagraphNode:
    """A paragraph."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ItemsNode:
    """A list."""

    sentences: tuple[Sentence, ...]
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class DirectiveNode:
    """A line that asks for blocks."""

    line: int
    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContainerNode:
    """A condition or a notice, with what stands between its line and the closing one."""

    opening: DirectiveNode
    nodes: "tuple[Node, ...]"


Node = HeadingNode | ParagraphNode | ItemsNode | DirectiveNode | ContainerNode


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template; `notes` are its footnotes by id."""

    header: Header
    nodes: tuple[Node, ...]
    notes: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
