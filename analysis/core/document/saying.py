"""Sentences with their numbers: a sentence that cannot be said in full is not said at all, and why is noted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.core.document.blocks import Footnote, Inline, Line, Link, NoteMark, Words
from analysis.core.document.faults import Notebook
from analysis.core.document.material import Material
from analysis.core.document.nodes import Citation, Leading, Named, NoteCall, Number, Part, Sentence, Text
from analysis.core.document.typed import HINT, doubtful_in, typed_in
from analysis.core.finding_tokens import FindingError
from analysis.core.findings import Figure, doubts, figure_of, in_words, marked, overstated
from analysis.core.table import Table
from survey.schema.shape import suggest

ENDS = (".", "?", "!")


@dataclass(slots=True)
class Speaker:
    """Fills sentences from the material; knows which tables and figures the document prints and counts its notes."""

    material: Material
    notebook: Notebook
    cites: Mapping[str, str]
    printed: frozenset[str]
    figures: Mapping[tuple[str, str], int]  # by “chart” or “picture” and its name
    notes: Mapping[str, tuple[Sentence, ...]]
    tables: Mapping[str, Table] = field(init=False)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    links: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = self.material.tables

    def line(self, sentence: Sentence) -> Line | None:
        """Return the sentence filled, or nothing where a part of it or of its footnotes cannot be said."""
        before = len(self.notebook.problems)
        said = self._fill(sentence)
        called = [part.note_id for part in said if isinstance(part, NoteMark)]
        noted = {id_: self._note(id_) for id_ in called if id_ not in self.footnotes}
        if len(self.notebook.problems) > before:
            return None
        for id_, line in noted.items():
            self.footnotes[id_] = Footnote(f"note-{len(self.footnotes) + 1}", len(self.footnotes) + 1, line)
        return tuple(self._numbered(part) if isinstance(part, NoteMark) else part for part in said)

    def check(self, sentence: Sentence) -> None:
        """Note what is stale in a sentence that is not printed this time."""
        for part in sentence.parts:
            if isinstance(part, Number) and part.token.table in self.tables:
                self._figure(part)
            elif isinstance(part, Number) and part.token.table not in self.material.absent:
                self._no_table(part.token.table, part.line)

    def _fill(self, sentence: Sentence) -> list[Inline]:
        said: list[Inline] = []
        found: list[Figure] = []
        for part in sentence.parts:
            filled = self._part(part, begins=_begins(said), found=found)
            if filled is not None:
                said.append(filled)
        for reason in (*doubts(found), *self._overstated(sentence, found)):
            self.notebook.note("T054", sentence.line, reason, "Change the words, or say the base in the same sentence.")
        for words in typed_in(sentence):
            self.notebook.note("T055", sentence.line, f"“{words}” is typed, and nothing binds it to the tables.", HINT)
        for words in doubtful_in(sentence):
            self.notebook.remark("T066", sentence.line, f"“{words}” may be a figure that is typed.", HINT)
        return said

    def _note(self, id_: str) -> Line:
        """The words of a footnote, its paragraphs in one."""
        lines = [self._fill(sentence) for sentence in self.notes.get(id_, ())]
        parts = [part for line in lines for part in (Words(" "), *line)]
        return tuple(parts[1:])

    def _overstated(self, sentence: Sentence, found: Sequence[Figure]) -> Iterator[str]:
        """Why claims may not be made of all boards, where the words behind them do so."""
        figures = {figure.token: figure for figure in found}
        for part, after in pairwise(sentence.parts):
            figure = figures.get(part.token) if isinstance(part, Number) else None
            if figure is not None and isinstance(after, Text) and self.material.boards is not None:
                yield from overstated(figure, after=after.text, tables=self.tables, unit=self.material.unit)

    def _numbered(self, mark: NoteMark) -> NoteMark:
        note = self.footnotes[mark.note_id]
        return NoteMark(note.id, note.number)

    def _part(self, part: Part, *, begins: bool, found: list[Figure]) -> Inline | None:
        match part:
            case Text():
                return Words(part.text, part.is_strong, part.is_emphasised)
            case Number():
                return self._number(part, begins=begins, found=found)
            case Named():
                return self._figured(part) if part.figure else self._named(part)
            case Leading():
                if part.to.startswith("#"):
                    self.links.append((part.to[1:], part.line))
                return Link(part.text, part.to)
            case NoteCall():
                return NoteMark(part.id, 0)
            case Citation():
                return Link(f"({self.cites[part.id]})", f"#ref-{part.id}")

    def _number(self, part: Number, *, begins: bool, found: list[Figure]) -> Words | None:
        table = part.token.table
        if table not in self.tables:
            self._no_table(table, part.line)
            return None
        figure = self._figure(part)
        if figure is None:
            return None
        found.append(figure)
        words = in_words(figure, unit=self.material.unit, begins=begins)
        return Words(words, part.is_strong, part.is_emphasised, str(part.token))

    def _figure(self, part: Number) -> Figure | None:
        try:
            figure = figure_of(part.token, tables=self.tables)
        except FindingError as error:
            self.notebook.note("T051", part.line, error.message, error.hint)
            return None
        if figure is None:
            hint = "Say it without this number, or print it in another release."
            self.notebook.note("T053", part.line, f"{part.token} has no figure in these tables.", hint)
            return None
        return marked(figure, table=self.tables[part.token.table], boards=self.material.boards)

    def _no_table(self, table: str, line: int) -> None:
        if table in self.material.absent:
            message = f"{table} {self.material.absent[table]}."
            self.notebook.note("T052", line, message, f"Put this between “::: if table {table}” and “:::”.")
        else:
            known = suggest(table, list(self.tables))
            self.notebook.note("T050", line, f"There is no table {table}.", known)

    def _named(self, part: Named) -> Inline | None:
        table = self.tables.get(part.name)
        if table is not None:
            words = f"Table\u00a0{table.numeral}" if table.number else table.title
            if part.name in self.printed:
                return Link(words, f"#{part.name}")
            return Words(words, part.is_strong, part.is_emphasised)
        if part.name in self.material.facts:
            return Words(self.material.facts[part.name], part.is_strong, part.is_emphasised)
        if part.name in self.material.absent:
            self._no_table(part.name, part.line)
            return None
        known = suggest(part.name, [*self.tables, *self.material.facts])
        self.notebook.note("T056", part.line, f"“{part.name}” is no table and no fact of this survey.", known)
        return None

    def _figured(self, part: Named) -> Inline | None:
        number = self.figures.get((part.figure, part.name))
        if number is not None:
            return Link(f"Figure\u00a0{number}", f"#figure-{number}")
        if part.figure == "picture":
            self._no_picture(part)
        elif part.name not in self.tables:
            self._no_table(part.name, part.line)
        else:
            hint = f"Print it by ::: chart {part.name}, or lead to the table by {{{part.name}}}."
            self.notebook.note("T061", part.line, f"No chart of {part.name} is printed.", hint)
        return None

    def _no_picture(self, part: Named) -> None:
        known = self.material.pictures
        if part.name not in known:
            message, hint = f"There is no picture {part.name}.", suggest(part.name, list(known))
            self.notebook.note("T064", part.line, message, hint)
        elif not known[part.name].title:
            hint = "Send it in again with a title: pictures without one are not numbered."
            self.notebook.note("T061", part.line, f"The picture {part.name} has no number.", hint)
        else:
            hint = f"Print it by ::: picture {part.name}."
            self.notebook.note("T061", part.line, f"The picture {part.name} is not printed.", hint)


def _begins(said: Sequence[Inline]) -> bool:
    """Whether a number would begin a sentence, and must be spelled out."""
    words = "".join(_text(part) for part in said)
    return not words.strip() or (words[-1:].isspace() and words.rstrip().endswith(ENDS))


def _text(part: Inline) -> str:
    return "" if isinstance(part, NoteMark) else part.text
