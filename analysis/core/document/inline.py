"""The parts of a sentence: words, numbers to be filled, names of tables, links, notes and citations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token as Mark

from analysis.core.document.faults import Notebook
from analysis.core.document.nodes import Citation, Leading, Named, NoteCall, Number, Part, Sentence, Text
from analysis.core.finding_tokens import FindingError, tokens

ALLOWED = ("#", "https://", "http://", "mailto:")
FIGURES = ("chart", "picture")
_NAME = re.compile(r"[A-Za-z][\w.-]*")
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_NO_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_NO_LINK = re.compile(r"\]\(")
BRACES_HINT = "Write a number as {table_5.strongly_agree+agree:of}, a table as {table_5}, its chart as {chart table_5}."


def sentence(mark: Mark, *, first: int, notebook: Notebook) -> Sentence:
    """Return what stands in one inline token; `first` is the number of lines before the body."""
    line = first + (mark.map[0] if mark.map else 0) + 1
    return Sentence(line, tuple(_joined(_parts(mark.children or [], line=line, notebook=notebook))))


@dataclass(slots=True)
class _Inline:
    """Goes through the tokens of one sentence; what stands in a link is gathered until the link ends."""

    line: int
    notebook: Notebook
    depth: Counter[str] = field(default_factory=Counter)
    href: str = ""
    inside: list[str] = field(default_factory=list)

    def part(self, mark: Mark) -> Iterator[Part]:
        """Yield what one token says."""
        if mark.type in {"strong_open", "strong_close", "em_open", "em_close"}:
            self.depth[mark.type.partition("_")[0]] += mark.nesting
        elif mark.type == "link_open":
            self.href, self.inside = str(mark.attrs["href"]), []
        elif mark.type == "link_close":
            yield from _link("".join(self.inside), self.href, self.line, self.notebook)
            self.href = ""
        elif self.href:
            self.inside.append(mark.content or " ")
        else:
            yield from self._plain(mark)

    def _plain(self, mark: Mark) -> Iterator[Part]:
        style = {"is_strong": bool(self.depth["strong"]), "is_emphasised": bool(self.depth["em"])}
        match mark.type:
            case "text":
                _check_words(mark.content, self.line, self.notebook)
                yield Text(mark.content, **style)
            case "softbreak" | "hardbreak":
                yield Text(" ", **style)
            case "braces":
                yield from _braces(mark.content, self.line, style, self.notebook)
            case "citation":
                yield Citation(mark.content, self.line)
            case "footnote_ref":
                yield NoteCall(note_id(mark))
            case _:
                yield from _refused(mark, self.line, self.notebook)


def _parts(marks: Sequence[Mark], *, line: int, notebook: Notebook) -> Iterator[Part]:
    found = _Inline(line, notebook)
    for mark in marks:
        yield from found.part(mark)
        found.line += mark.type in {"softbreak", "hardbreak"}


def note_id(mark: Mark) -> str:
    """Return the label of a footnote, or its number where it was written in the text."""
    return str(mark.meta.get("label") or mark.meta["id"])


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Words of one style are one part."""
    kept: Text | None = None
    for part in parts:
        if isinstance(part, Text) and kept and _style(part) == _style(kept):
            kept = Text(kept.text + part.text, kept.is_strong, kept.is_emphasised)
            continue
        if kept is not None and kept.text:
            yield kept
        kept = part if isinstance(part, Text) else None
        if kept is None:
            yield part
    if kept is not None and kept.text:
        yield kept


def _style(text: Text) -> tuple[bool, bool]:
    return text.is_strong, text.is_emphasised


def _braces(content: str, line: int, style: dict[str, bool], notebook: Notebook) -> Iterator[Part]:
    if ":" in content:
        try:
            (token,) = tokens(f"{{{content}}}")
        except FindingError as error:
            notebook.note("T032", line, error.message, error.hint)
        else:
            yield Number(token, line, **style)
        return
    first, _, rest = content.strip().partition(" ")
    figure, name = (first, rest.strip()) if first in FIGURES and rest else ("", content.strip())
    if not _NAME.fullmatch(name):
        notebook.note("T032", line, f"“{{{content}}}” names nothing.", BRACES_HINT)
        return
    yield Named(name, line, figure=figure, **style)


def _link(text: str, href: str, line: int, notebook: Notebook) -> Iterator[Part]:
    if not href.startswith(ALLOWED):
        hint = "Lead to a part of the report (#method), to https://… or to mailto:…."
        notebook.note("T029", line, f"The link “{text}” leads to “{href}”, which is no address of a reader.", hint)
    elif not text.strip():
        notebook.note("T029", line, f"The link to {href} has no words.", "Write them between its square brackets.")
    else:
        yield Leading(text.strip(), href, line)


def _check_words(text: str, line: int, notebook: Notebook) -> None:
    if "{" in text or "}" in text:
        notebook.note("T031", line, "A brace is left open or closed twice.", BRACES_HINT)
    for found in _HTML.findall(text):
        notebook.note("T028", line, f"HTML is not read here: {found[:40]} would be printed.", "Write Markdown.")
    for name in _NO_NOTE.findall(text):
        notebook.note("T033", line, f"The footnote {name} is nowhere.", f"Write a line [^{name}]: and its words.")
    if "![" in text:
        notebook.note("T027", line, *_no_image(text[text.index("![") :]))
    elif _NO_LINK.search(text):
        hint = "Lead to a part of the report (#method), to https://… or to mailto:…."
        notebook.note("T029", line, "A link here cannot be read.", hint)


def _refused(mark: Mark, line: int, notebook: Notebook) -> Iterator[Part]:
    if mark.type == "image":
        notebook.note("T027", line, *_no_image(str(mark.attrs.get("src", ""))))
    else:
        notebook.note("T025", line, "Code is not set in a report.", "Write it as words, without backticks.")
        yield Text(mark.content)


def _no_image(source: str) -> tuple[str, str]:
    hint = "Take the picture out; a chart of a table is ::: chart table_8, the logo belongs to the house style."
    if "://" in source or source.startswith("//"):
        return f"The image {source[:60]} lies elsewhere, and a report fetches nothing.", hint
    return f"“{source[:60]}” is no image that a report could hold.", hint
