"""What of a template is printed this time: conditions are decided, and what is asked for becomes blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analysis.core.document.blocks import Block, ChartBlock, TableBlock
from analysis.core.document.faults import Notebook
from analysis.core.document.figures import figures_in
from analysis.core.document.material import Exhibit, Material
from analysis.core.document.nodes import (
    ContainerNode,
    DirectiveNode,
    HeadingNode,
    ItemsNode,
    Named,
    Node,
    Number,
    ParagraphNode,
    Part,
    Sentence,
    Text,
)
from analysis.core.document.structure import nodes_of, words_of
from analysis.core.finding_tokens import parse, tables_in
from survey.schema.shape import suggest

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@dataclass(frozen=True, slots=True)
class FindingsNode:
    """Findings of the plan, by id, as one list or each as a paragraph."""

    sentences: tuple[tuple[str, Sentence], ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class NoticeNode:
    """Paragraphs that must be seen."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class LeftOutNode:
    """The place for what could not be said."""


Chosen = HeadingNode | ParagraphNode | ItemsNode | FindingsNode | NoticeNode | LeftOutNode | Block


@dataclass(slots=True)
class Chooser:
    """Goes through the nodes in order; `unused` are the sentences that conditions leave out."""

    material: Material
    notebook: Notebook
    exhibits: dict[str, Exhibit] = field(init=False)
    unused: list[tuple[str, Sentence]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.exhibits = self.material.by_id

    def choose(self, nodes: Sequence[Node]) -> Iterator[Chosen]:
        """Yield blocks that are ready and nodes that are still to be said."""
        for node in nodes:
            match node:
                case ContainerNode() if node.opening.name == "notice":
                    inside = [each for each in nodes_of(node.nodes) if isinstance(each, ParagraphNode)]
                    yield NoticeNode(tuple(each.sentence for each in inside))
                case ContainerNode():
                    yield from self._condition(node)
                case DirectiveNode():
                    yield from self._asked(node)
                case HeadingNode():
                    self.notebook.under = words_of(node.sentence)
                    yield node
                case _:
                    yield node

    def _condition(self, node: ContainerNode) -> Iterator[Chosen]:
        kind, name = node.opening.arguments
        is_there = self._is_there(kind, name, node.opening.line)
        if is_there == (node.opening.name == "if"):
            yield from self.choose(node.nodes)
            return
        for inside in nodes_of(node.nodes):
            if isinstance(inside, ParagraphNode):
                self.unused.append((self.notebook.under, inside.sentence))
            elif isinstance(inside, ItemsNode):
                self.unused += [(self.notebook.under, each) for each in inside.sentences]

    def _is_there(self, kind: str, name: str, line: int) -> bool:
        match kind:
            case "table" | "chart":
                found = self._exhibit(name, line, may_be_absent=True)
                return found is not None and (kind == "table" or figures_in(found.table, found.chart) > 0)
            case "quotes":
                return self._is_item(name, line) and name in self.material.quotes
            case "part":
                return self._is_part(name, line) and bool(self.material.parts[name])
        return self._is_finding(name, line) and self._is_told(name)

    def _asked(self, node: DirectiveNode) -> Iterator[Chosen]:
        match node.name:
            case "left-out":
                yield LeftOutNode()
            case "part":
                if self._is_part(node.arguments[0], node.line):
                    yield from self.material.parts[node.arguments[0]]
            case "finding" | "findings":
                yield self._findings(node)
            case "quotes":
                yield from self._quotes(node)
            case "picture":
                yield from self._picture(node)
            case name:
                found = self._exhibit(node.arguments[0], node.line)
                if found is not None:
                    yield from _table(found) if name == "table" else self._chart(found, node.line)

    def _exhibit(self, name: str, line: int, *, may_be_absent: bool = False) -> Exhibit | None:
        if name in self.exhibits:
            return self.exhibits[name]
        if name not in self.material.absent:
            self.notebook.note("T050", line, f"There is no table {name}.", suggest(name, list(self.exhibits)))
        elif not may_be_absent:
            message = f"{name} {self.material.absent[name]}."
            self.notebook.note("T052", line, message, f"Put this between “::: if table {name}” and “:::”.")
        return None

    def _chart(self, exhibit: Exhibit, line: int) -> Iterator[Block]:
        """A chart of which too much is withheld is left out like a bar of it would be."""
        if exhibit.chart is None:
            message = f"The plan draws no chart of {exhibit.table.id}."
            self.notebook.note("T061", line, message, "Give the table a kind of chart in the plan, or take this out.")
        elif figures_in(exhibit.table, exhibit.chart):
            yield ChartBlock(exhibit.table, exhibit.chart, exhibit.short)

    def _quotes(self, node: DirectiveNode) -> Iterator[Block]:
        item = node.arguments[0]
        if item in self.material.quotes:
            yield self.material.quotes[item]
        elif self._is_item(item, node.line):
            message = f"No words written under {item} have been approved for print."
            hint = f"Have them approved, or put this between “::: if quotes {item}” and “:::”."
            self.notebook.note("T058", node.line, message, hint)

    def _picture(self, node: DirectiveNode) -> Iterator[Block]:
        """A picture that nobody could hear is left out like one that is not there."""
        name = node.arguments[0]
        if not self._is_known("picture", name, list(self.material.pictures), node.line, "T064"):
            return
        if self.material.pictures[name].picture.words.strip():
            yield replace(self.material.pictures[name], name=name)
        else:
            message = f"The picture {name} says nothing to people who cannot see it."
            self.notebook.note("T065", node.line, message, "Send it in again, with what it shows.")

    def _findings(self, node: DirectiveNode) -> FindingsNode:
        """A finding on a table that may not be printed is left out with it."""
        known = [id_ for id_ in node.arguments if self._is_finding(id_, node.line) and self._is_told(id_)]
        is_list = node.name == "findings"
        said = ((id_, _sentence(self.material.findings[id_], node.line, has_tables=is_list)) for id_ in known)
        return FindingsNode(tuple(said), is_list)

    def _is_told(self, id_: str) -> bool:
        return not tables_in(self.material.findings[id_]) & set(self.material.absent)

    def _is_finding(self, id_: str, line: int) -> bool:
        return self._is_known("finding", id_, list(self.material.findings), line, "T059")

    def _is_part(self, name: str, line: int) -> bool:
        return self._is_known("part", name, list(self.material.parts), line, "T057")

    def _is_item(self, code: str, line: int) -> bool:
        return self._is_known("question in words", code, list(self.material.items), line, "T063")

    def _is_known(self, what: str, name: str, known: list[str], line: int, id_: str) -> bool:
        if name not in known:
            self.notebook.note(id_, line, f"There is no {what} {name}.", suggest(name, known))
        return name in known


def _table(exhibit: Exhibit) -> Iterator[Block]:
    yield TableBlock(exhibit.table, exhibit.short)
    if exhibit.beside is not None:
        yield from _table(exhibit.beside)


def _sentence(text: str, line: int, *, has_tables: bool) -> Sentence:
    """A finding as a sentence; in a list its tables follow it."""
    parts: list[Part] = [
        Text(_APOSTROPHE.sub("’", part)) if isinstance(part, str) else Number(part, line) for part in parse(text)
    ]
    if has_tables:
        tables = dict.fromkeys(part.token.table for part in parts if isinstance(part, Number))
        parts += [each for table in tables for each in (Text(" "), Named(table, line))]
    return Sentence(line, tuple(parts))
