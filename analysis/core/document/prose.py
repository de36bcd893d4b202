"""Markdown of one line as the line of a block, for those who make parts and for the list of references."""

from functools import cache

from markdown_it import MarkdownIt

from analysis.core.document.blocks import Inline, Line, Link, Words
from analysis.core.document.faults import Notebook
from analysis.core.document.inline import sentence
from analysis.core.document.markdown import reader
from analysis.core.document.nodes import Leading, Text


def markdown_line(text: str) -> Line:
    """Return words with **strong**, *emphasised* and [linked](#id) ones as a line; ValueError for anything else."""
    (mark,) = _reader().parseInline(text)
    notebook = Notebook()
    parts = sentence(mark, first=0, notebook=notebook).parts
    if notebook.problems:
        raise ValueError(f"“{text}” cannot be set: {notebook.problems[0]}")
    return tuple(_inline(part, text) for part in parts)


def _inline(part: object, text: str) -> Inline:
    match part:
        case Text():
            return Words(part.text, part.is_strong, part.is_emphasised)
        case Leading():
            return Link(part.text, part.to)
    raise ValueError(f"“{text}” cannot be set: it holds more than words and links.")


@cache
def _reader() -> MarkdownIt:
    return reader()
