"""Markdown with two additions: a line of three colons asks for blocks, and braces hold what is filled."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

_CITATION = re.compile(r"\[@([A-Za-z][\w.-]*)\]")
_BRACES = re.compile(r"\{([^{}]*)\}")
COLONS = ":::"


def reader() -> MarkdownIt:
    """Return a reader of templates: no HTML, no addresses made into links, footnotes, curly quotes."""
    found = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes").use(footnote_plugin)
    found.block.ruler.before(
        "paragraph", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    found.inline.ruler.before("escape", "braces", _braces)
    found.inline.ruler.before("link", "citation", _citation)
    return found


def _directive(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- as the reader calls it
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.startswith(COLONS):
        return False
    if not silent:
        token = state.push("directive", "", 0)
        token.content, token.map = line.strip(": \t"), [start, start + 1]
        state.line = start + 1
    return True


def _braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as the reader calls it
    return _push(state, _BRACES, "braces", silent=silent)


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as the reader calls it
    return _push(state, _CITATION, "citation", silent=silent)


def _push(state: StateInline, pattern: re.Pattern[str], name: str, *, silent: bool) -> bool:
    """Take what the pattern finds here as a token of its own, on however many lines it is written."""
    found = pattern.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push(name, "", 0)
        token.content = " ".join(found[1].split())
    state.pos = found.end()
    return True
