"""Problems of a template as a whole: headings out of order, ids used twice, notes and references without a partner."""

from collections.abc import Iterator, Sequence

from analysis.core.document.faults import Notebook
from analysis.core.document.nodes import (
    Citation,
    ContainerNode,
    DirectiveNode,
    HeadingNode,
    ItemsNode,
    Node,
    NoteCall,
    ParagraphNode,
    Sentence,
    Template,
    Text,
)
from survey.schema.shape import suggest

CHAPTER = 2


def check_structure(template: Template, *, defined: Sequence[str], has_header: bool, notebook: Notebook) -> None:
    """Note every problem; `defined` are the footnotes that the text writes out."""
    notebook.under = ""
    level, ids, printed = CHAPTER - 1, dict[str, int](), dict[str, int]()
    for node in nodes_of(template.nodes):
        if isinstance(node, HeadingNode):
            notebook.under = words_of(node.sentence)
            _check_heading(node, after=level, ids=ids, notebook=notebook)
            level = node.level
        elif isinstance(node, DirectiveNode) and node.name in {"table", "chart"}:
            _check_once(node, printed, notebook)
    notebook.under = ""
    _check_notes(template, defined, notebook)
    if has_header:
        _check_citations(template, notebook)


def nodes_of(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node, those within containers too."""
    for node in nodes:
        yield node
        if isinstance(node, ContainerNode):
            yield from nodes_of(node.nodes)


def sentences_of(template: Template) -> Iterator[Sentence]:
    """Yield every sentence of the text, then those of the notes."""
    for node in nodes_of(template.nodes):
        if isinstance(node, HeadingNode | ParagraphNode):
            yield node.sentence
        elif isinstance(node, ItemsNode):
            yield from node.sentences
    for sentences in template.notes.values():
        yield from sentences


def words_of(sentence: Sentence) -> str:
    """Return the words of a sentence, without what is filled."""
    return "".join(part.text for part in sentence.parts if isinstance(part, Text)).strip()


def _check_heading(node: HeadingNode, *, after: int, ids: dict[str, int], notebook: Notebook) -> None:
    line, words = node.sentence.line, notebook.under
    if node.level > after + 1:
        signs = "#" * after
        message = f"“{words}” skips a level of headings."
        notebook.note("T020", line, message, f"Write it with {signs}, or put a heading with {signs} above it.")
    if node.id in ids:
        message = f"“{words}” has the id {node.id}, as the heading on line {ids[node.id]} has."
        notebook.note("T022", line, message, "Give it one of its own, as in “# Method {#how}”.")
    ids.setdefault(node.id, line)


def _check_once(node: DirectiveNode, printed: dict[str, int], notebook: Notebook) -> None:
    key = " ".join((node.name, *node.arguments))
    if key in printed:
        message = f"The {key} already stands on line {printed[key]}."
        notebook.note("T014", node.line, message, f"Print it once, and lead to it by {{{node.arguments[0]}}}.")
    printed.setdefault(key, node.line)


def _check_notes(template: Template, defined: Sequence[str], notebook: Notebook) -> None:
    called = {part.id for each in sentences_of(template) for part in each.parts if isinstance(part, NoteCall)}
    for place, name in enumerate(defined):
        if name in defined[:place]:
            notebook.note("T034", None, f"The footnote {name} is written twice.", "Give each its own name.")
        elif name not in called:
            notebook.note("T034", None, f"Nothing leads to the footnote {name}.", f"Write [^{name}] where it belongs.")


def _check_citations(template: Template, notebook: Notebook) -> None:
    known = [entry.id for entry in template.header.references]
    for each in sentences_of(template):
        for part in each.parts:
            if isinstance(part, Citation) and part.id not in known:
                message = f"The list of references has no {part.id}."
                notebook.note("T035", part.line, message, suggest(part.id, known) or "Add it in the header.")
