"""Reads a template: its header, and its body as nodes, with every problem that the text shows by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token as Mark

from analysis.core.document.directives import DIRECTIVES, read_directive
from analysis.core.document.faults import Notebook
from analysis.core.document.header import Header, read_header
from analysis.core.document.inline import note_id, sentence
from analysis.core.document.markdown import reader
from analysis.core.document.nodes import (
    ContainerNode,
    DirectiveNode,
    HeadingNode,
    ItemsNode,
    Named,
    Node,
    ParagraphNode,
    Sentence,
    Template,
    Text,
)
from analysis.core.document.structure import check_structure, words_of
from survey.schema.source import DocumentError, Problem

DEEPEST = 4
LONGEST = 200_000
_ID = re.compile(r"\s*\{#([a-z][\w-]*)\}\s*$")
_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_REFUSED = {
    "blockquote_open": ("T024", "Words of others are not typed here.", "Print approved ones by ::: quotes F1.details."),
    "fence": ("T025", "Code is not set in a report.", "Write it as a paragraph."),
    "code_block": ("T025", "A paragraph that begins with four spaces is code.", "Take the spaces out."),
    "hr": ("T026", "A line across the page has no meaning here.", "Begin a new heading, or take it out."),
}


def parse(text: str) -> Template:
    """Return the template; DocumentError with every problem in it, in order of line."""
    if len(text) > LONGEST:
        message = f"The template is longer than {LONGEST:,} characters."
        raise DocumentError([Problem("T003", "template", None, message, "Make it two reports.")])
    header, first, problems = read_header(text)
    notebook = Notebook(problems)
    body = "\n".join(text.splitlines()[first:])
    found = _Reading(first, notebook)
    found.read(reader().parse(body))
    if header is not None and not found.nodes:
        notebook.note("T036", first + 1, "The template has no text.", "Write a heading, such as “# Summary”.")
    template = Template(header or Header(title="-"), tuple(found.nodes), found.notes)
    check_structure(template, defined=_DEFINED.findall(body), has_header=header is not None, notebook=notebook)
    if notebook.problems:
        raise DocumentError(notebook.problems)
    return template


@dataclass(slots=True)
class _Reading:
    """Goes through the tokens once; `stack` holds the containers that are still open."""

    first: int
    notebook: Notebook
    nodes: list[Node] = field(default_factory=list)
    notes: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    stack: list[tuple[DirectiveNode, list[Node]]] = field(default_factory=list)

    def read(self, marks: Sequence[Mark]) -> None:
        """Read all tokens, and name the containers that nothing closes."""
        place = 0
        while place < len(marks):
            place = self._step(marks, place)
        for opening, _ in self.stack:
            message = f"“{opening.name}” is opened here and closed nowhere."
            self.notebook.note("T012", opening.line, message, "Write a line of three colons where it ends.")
        while self.stack:
            self._close()

    def _step(self, marks: Sequence[Mark], place: int) -> int:
        mark = marks[place]
        match mark.type:
            case "heading_open":
                self._heading(mark, marks[place + 1])
                return place + 3
            case "paragraph_open":
                self._paragraph(marks[place + 1])
                return place + 3
            case "bullet_list_open" | "ordered_list_open":
                return self._items(marks, place)
            case "footnote_open":
                return self._note(marks, place)
            case "directive":
                self._directive(mark)
            case name if name in _REFUSED:
                self.notebook.note(_REFUSED[name][0], self._line(mark), *_REFUSED[name][1:])
        return place + 1

    def _line(self, mark: Mark) -> int:
        return self.first + (mark.map[0] if mark.map else 0) + 1

    def _add(self, node: Node) -> None:
        (self.stack[-1][1] if self.stack else self.nodes).append(node)

    def _heading(self, opening: Mark, inline: Mark) -> None:
        """One # is a chapter: the title of the report has the first level for itself."""
        level = int(opening.tag[1:]) + 1
        named = _ID.search(inline.content)
        if named and inline.children and inline.children[-1].type == "braces":
            inline.children.pop()
        found = sentence(inline, first=self.first, notebook=self.notebook)
        self.notebook.under = words_of(found)
        if level > DEEPEST:
            message = f"“{self.notebook.under}” is a heading of level {level - 1}."
            self.notebook.note("T021", found.line, message, "Use #, ## or ###.")
        if any(not isinstance(part, Text | Named) for part in found.parts) or not found.parts:
            self.notebook.note("T022", found.line, "A heading has words alone.", "Put the rest into the text.")
        parts = tuple(replace(part, text=part.text.strip()) if isinstance(part, Text) else part for part in found.parts)
        self._add(HeadingNode(named[1] if named else slug(self.notebook.under), level, Sentence(found.line, parts)))

    def _paragraph(self, inline: Mark) -> None:
        if inline.content.lstrip().startswith("|"):
            hint = "Print a table of the survey by ::: table table_8."
            self.notebook.note("T030", self._line(inline), "Tables are not typed here.", hint)
            return
        found = sentence(inline, first=self.first, notebook=self.notebook)
        if found.parts:
            self._add(ParagraphNode(found))

    def _items(self, marks: Sequence[Mark], place: int) -> int:
        """One level of lists: what stands in an item is one sentence."""
        opening, end = marks[place], _end(marks, place)
        found: list[Sentence] = []
        for mark in marks[place + 1 : end]:
            if mark.type == "inline":
                found.append(sentence(mark, first=self.first, notebook=self.notebook))
            elif mark.type in {"bullet_list_open", "ordered_list_open"}:
                self.notebook.note("T023", self._line(mark), "A list stands in a list.", "Make it one list.")
            elif mark.type == "directive":
                self.notebook.note("T015", self._line(mark), "Blocks cannot stand in a list.", "Leave a line empty.")
        self._add(ItemsNode(tuple(found), opening.type == "ordered_list_open"))
        return end + 1

    def _note(self, marks: Sequence[Mark], place: int) -> int:
        end = _end(marks, place)
        inlines = (mark for mark in marks[place:end] if mark.type == "inline")
        under, self.notebook.under = self.notebook.under, f"footnote {note_id(marks[place])}"
        self.notes[note_id(marks[place])] = tuple(
            sentence(mark, first=self.first, notebook=self.notebook) for mark in inlines
        )
        self.notebook.under = under
        return end + 1

    def _directive(self, mark: Mark) -> None:
        line = self._line(mark)
        if not mark.content:
            if not self.stack:
                self.notebook.note("T013", line, "Nothing is open that this line could close.", "Take it out.")
                return
            self._close()
            return
        found = read_directive(mark.content, line=line, notebook=self.notebook)
        if found is not None and DIRECTIVES[found.name].is_container:
            self.stack.append((found, []))
        elif found is not None:
            self._add(found)

    def _close(self) -> None:
        opening, nodes = self.stack.pop()
        self._add(ContainerNode(opening, tuple(nodes)))


def _end(marks: Sequence[Mark], place: int) -> int:
    """The place of the token that closes the one at this place."""
    depth = 0
    for at in range(place, len(marks)):
        depth += marks[at].nesting
        if not depth:
            return at
    return len(marks) - 1


def slug(words: str) -> str:
    """Return words as the id of a heading: “Who answered” is who-answered."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "heading"
