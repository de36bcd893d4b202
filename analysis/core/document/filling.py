"""Fills a template: what the tables bear out becomes a document, what they do not is left out and named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analysis.core.document.blocks import (
    Block,
    ChartBlock,
    Document,
    Facts,
    Heading,
    Items,
    Line,
    Notice,
    Paragraph,
    PictureBlock,
    Reference,
    TableBlock,
    Words,
)
from analysis.core.document.choosing import Chooser, Chosen, FindingsNode, LeftOutNode, NoticeNode
from analysis.core.document.faults import Notebook
from analysis.core.document.figures import figures_in
from analysis.core.document.header import Header
from analysis.core.document.material import Material
from analysis.core.document.nodes import HeadingNode, ItemsNode, ParagraphNode, Sentence, Template
from analysis.core.document.prose import markdown_line
from analysis.core.document.saying import Speaker
from analysis.core.document.structure import words_of
from survey.schema.source import Problem

NOT_SAID = "These sentences were written before the answers were counted, and the answers do not bear them out."
UNSAID = ("T053", "T054")  # what the tables do not bear out, while the template is as it should be


def fill(template: Template, material: Material) -> Document:
    """Return the document; a sentence, table or quote that may not be printed is left out, `lint` says which."""
    return _filled(template, material)[0]


def hints(template: Template, material: Material) -> tuple[Problem, ...]:
    """Return what a person has to look at, in order of line; the report may go out with it."""
    return _in_order(_filled(template, material)[1].hints)


def lint(template: Template, material: Material) -> tuple[Problem, ...]:
    """Return everything that the material does not bear out, in order of line; nothing if the report may go out."""
    return _in_order(_filled(template, material)[1].problems)


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.id, problem.message)))


def _filled(template: Template, material: Material) -> tuple[Document, Notebook]:
    notebook = Notebook()
    chooser = Chooser(material, notebook)
    chosen = list(_numbered(chooser.choose(template.nodes)))
    speaker = Speaker(
        material,
        notebook,
        cites={entry.id: entry.cite for entry in template.header.references},
        printed=frozenset(block.id for block in chosen if isinstance(block, TableBlock)),
        figures=_figures(chosen),
        notes=template.notes,
    )
    for notebook.under, sentence in chooser.unused:
        speaker.check(sentence)
    filling = _Filling(speaker, notebook)
    blocks = tuple(_with_content(filling.blocks(chosen)))
    _check_links(speaker, blocks, template.header)
    return _document(template.header, material, blocks, speaker), notebook


def _document(header: Header, material: Material, blocks: tuple[Block, ...], speaker: Speaker) -> Document:
    return Document(
        cover=replace(
            material.cover,
            title=header.title,
            subtitle=header.subtitle,
            short_title=header.short,
            source=header.source or material.cover.source,
        ),
        blocks=blocks,
        footnotes=tuple(speaker.footnotes.values()),
        references=tuple(Reference(f"ref-{each.id}", markdown_line(each.text)) for each in header.references),
        unit=material.unit,
        dates=material.dates,
    )


def _numbered(chosen: Iterator[Chosen]) -> Iterator[Chosen]:
    """Figures are numbered through the whole report: charts, and pictures with a title."""
    number = 1
    for each in chosen:
        if isinstance(each, ChartBlock):
            yield replace(each, number=number, short=each.short or each.table.title)
            number += figures_in(each.table, each.kind)
        elif isinstance(each, PictureBlock) and each.title:
            yield replace(each, number=number)
            number += 1
        else:
            yield each


def _figures(chosen: Sequence[Chosen]) -> dict[tuple[str, str], int]:
    """The first figure that is made of a table or a picture, by what a template writes before its name."""
    found: dict[tuple[str, str], int] = {}
    for each in chosen:
        if isinstance(each, ChartBlock):
            found.setdefault(("chart", each.table.id), each.number)
        elif isinstance(each, PictureBlock) and each.number:
            found.setdefault(("picture", each.name), each.number)
    return found


@dataclass(slots=True)
class _Filling:
    """Says what is still to be said, and keeps the reasons of what cannot be."""

    speaker: Speaker
    notebook: Notebook
    unsaid: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, chosen: Sequence[Chosen]) -> list[Block]:
        """The document's blocks; the place for what was left out is filled last."""
        done = [(each, list(self._said(each))) for each in chosen]
        left_out = list(self._left_out())
        return [block for each, said in done for block in (left_out if isinstance(each, LeftOutNode) else said)]

    def _said(self, each: Chosen) -> Iterator[Block]:
        match each:
            case HeadingNode():
                self.notebook.under = words_of(each.sentence)
                for line in self._lines([each.sentence]):
                    yield Heading(each.id, each.level, line)
            case ParagraphNode():
                yield from map(Paragraph, self._lines([each.sentence]))
            case ItemsNode():
                lines = self._lines(each.sentences)
                if lines:
                    yield Items(lines, each.is_ordered)
            case FindingsNode():
                yield from self._findings(each)
            case NoticeNode():
                yield from map(Notice, self._lines(each.sentences))
            case LeftOutNode():
                return
            case _:
                yield each

    def _lines(self, sentences: Sequence[Sentence], *, named: str = "") -> tuple[Line, ...]:
        found: list[Line] = []
        for sentence in sentences:
            before = len(self.notebook.problems)
            line = self.speaker.line(sentence)
            if line is not None:
                found.append(line)
            new = self.notebook.problems[before:]
            if new and all(problem.id in UNSAID for problem in new):
                reasons = " ".join(problem.message for problem in new)
                self.unsaid.append((named or self.notebook.under, reasons))
        return tuple(found)

    def _findings(self, node: FindingsNode) -> Iterator[Block]:
        lines = tuple(line for id_, each in node.sentences for line in self._lines([each], named=id_))
        if node.is_list and lines:
            yield Items(lines)
        elif not node.is_list:
            yield from map(Paragraph, lines)

    def _left_out(self) -> Iterator[Block]:
        if self.unsaid:
            told = dict.fromkeys(self.unsaid)
            yield Paragraph((Words(NOT_SAID),))
            yield Items(tuple((Words(f"{name}.", is_strong=True), Words(f" {reasons}")) for name, reasons in told))


def _with_content(blocks: Sequence[Block]) -> Iterator[Block]:
    """A heading under which nothing stands is left out."""
    for place, block in enumerate(blocks):
        if not isinstance(block, Heading) or _has_content(block, blocks[place + 1 :]):
            yield block


def _has_content(heading: Heading, following: Sequence[Block]) -> bool:
    for block in following:
        if not isinstance(block, Heading):
            return True
        if block.level <= heading.level:
            return False
    return False


def _check_links(speaker: Speaker, blocks: Sequence[Block], header: Header) -> None:
    """A link within the report must find its end in it."""
    known = {block.id for block in blocks if isinstance(block, Heading | TableBlock | Facts)}
    known |= {f"ref-{entry.id}" for entry in header.references}
    speaker.notebook.under = ""
    for to, line in speaker.links:
        if to not in known:
            hint = "Lead to a heading by its id, as in [how it was done](#method)."
            speaker.notebook.note("T062", line, f"Nothing in this report is called #{to}.", hint)
