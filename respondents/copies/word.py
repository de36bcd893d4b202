"""The whole questionnaire as a Word document, made to be sent round and written in."""

import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph

from respondents.copies.blank import BlankCopy
from respondents.copies.typed import visible
from respondents.copies.word_parts import Controls, frame, mark_head, page_number, set_language, set_type, set_widths
from respondents.portal.pages.paper import PaperItem, PaperQuestion, PaperSection

LANGUAGE = "en-GB"
TYPE = "Arial"
BLUE, QUIET = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x50, 0x5A, 0x5F)
SIZES = {"Normal": 11, "Heading 1": 20, "Heading 2": 15, "Heading 3": 11.5, "Header": 8.5, "Footer": 8.5}
OPTION, ROOM, NOTE, CELL = "Option", "Room to write", "Note", "Cell"
TEXT_WIDTH, FIRST_COLUMN = Mm(166), Mm(46)
GATHERED = ("Board", "Written by", "Agency", "Please return to", "Please return by")


@lru_cache(maxsize=8)
def written_once(copy: BlankCopy) -> bytes:
    """The document, kept while the process lives: it is the same for everybody."""
    return written(copy)


def written(copy: BlankCopy) -> bytes:
    """The document: real headings, boxes to tick, room to write, its title and language said."""
    writer = _Writer(copy)
    writer.write()
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, copy: BlankCopy) -> None:
        self.copy = copy
        self.document = _empty_document(copy)
        self.controls = Controls()

    def write(self) -> None:
        self._heading(self.copy.title, 1)
        for text in (self.copy.wave, self.copy.dates):
            self._paragraph(text, NOTE)
        for text in filter(None, (self.copy.introduction, self.copy.purpose)):
            self._paragraph(text)
        self._gathered()
        for section in self.copy.sections:
            self._section(section)

    def _gathered(self) -> None:
        """Who has written this copy, and where it goes back to."""
        self._heading("About this copy", 2)
        for label in GATHERED:
            self._paragraph(label, NOTE).paragraph_format.keep_with_next = True
            self._room(label, lines=1)

    def _section(self, section: PaperSection) -> None:
        self._heading(section.title, 2)
        if section.intro:
            self._paragraph(section.intro).paragraph_format.keep_with_next = True
        for question in section.questions:
            self._question(question)

    def _question(self, question: PaperQuestion) -> None:
        self._heading(f"{question.code} {question.wording}", 3)
        for text in filter(None, (question.condition, question.instruction)):
            self._paragraph(text, NOTE).paragraph_format.keep_with_next = True
        if question.rows:
            self._grid(question)
        else:
            self._options(question)
        for follow_up in question.follow_ups:
            self._follow_up(question, follow_up)
        if question.room:
            self._room(question.code, lines=5 if question.room == "box" else 1)

    def _options(self, question: PaperQuestion) -> None:
        for option in question.options:
            paragraph = self._paragraph("", OPTION)
            self.controls.box(paragraph, name=_plain(f"{question.code}: {option}"))
            paragraph.add_run(f"\t{_plain(option)}")

    def _follow_up(self, question: PaperQuestion, follow_up: PaperItem) -> None:
        note = self._paragraph("", NOTE)
        note.paragraph_format.keep_with_next = True
        note.add_run(_plain(follow_up.label)).bold = True
        note.add_run(_plain(f" {follow_up.condition}"))
        self._room(f"{question.code}: {follow_up.label}", lines=3)

    def _room(self, name: str, *, lines: int) -> None:
        """A frame with this many lines; what is written in it makes it longer."""
        first = self._paragraph("", ROOM)
        self.controls.room(first, name=_plain(name))
        for _ in range(lines - 1):
            self._paragraph("", ROOM)
        self._paragraph("", NOTE)

    def _grid(self, question: PaperQuestion) -> None:
        table = self.document.add_table(1 + len(question.rows), 1 + len(question.options), "Table Grid")
        set_widths(
            table, [FIRST_COLUMN, *[(TEXT_WIDTH - FIRST_COLUMN) // len(question.options)] * len(question.options)]
        )
        head, *rows = table.rows
        _fill(head, question.rows_are, question.options)
        for row, item in zip(rows, question.rows, strict=True):
            for paragraph, option in zip(_fill(row, f"{item.label} {item.condition}"), question.options, strict=True):
                self.controls.box(paragraph, name=_plain(f"{item.label}: {option}"))
        mark_head(table, description=_plain(question.wording))
        self._paragraph("", NOTE)

    def _heading(self, text: str, level: int) -> None:
        self.document.add_heading(_plain(text), level)

    def _paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        return self.document.add_paragraph(_plain(text), style)


def _fill(row: _Row, label: str, texts: Sequence[str] = ()) -> list[Paragraph]:
    """Writes the row's head and its other cells, whose paragraphs are returned."""
    first, *others = [cell.paragraphs[0] for cell in row.cells]
    first.style, first.text = CELL, _plain(label.strip())
    for paragraph, text in zip(others, texts or repeat(""), strict=False):
        paragraph.style, paragraph.text = CELL, _plain(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return others


def _plain(text: str) -> str:
    return visible(text)


def _empty_document(copy: BlankCopy) -> Document:
    """A page of A4 with our styles, the document's title and language, and what stands on every page."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.subject = _plain(copy.title)[:255], _plain(copy.wave)[:255]
    properties.author, properties.comments, properties.language = "", "", LANGUAGE
    set_language(document.styles.element, LANGUAGE)
    _set_styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(22)
    page.header.paragraphs[0].text = _plain("   ".join(filter(None, (copy.wave, copy.notice))))
    foot = page.footer.paragraphs[0]
    foot.add_run("Page ")
    page_number(foot)
    return document


def _set_styles(document: Document) -> None:
    styles = document.styles
    for name in (OPTION, ROOM, NOTE, CELL):
        styles.add_style(name, 1).base_style = styles["Normal"]
    for name, size in SIZES.items():
        style = styles[name]
        set_type(style, TYPE)
        style.font.size = Pt(size)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.color.rgb = BLUE
    styles[NOTE].font.color.rgb, styles[NOTE].font.size = QUIET, Pt(10)
    styles[NOTE].paragraph_format.space_after = Pt(3)
    styles[CELL].font.size = Pt(8.5)
    styles[CELL].paragraph_format.space_before = styles[CELL].paragraph_format.space_after = Pt(2)
    option = styles[OPTION].paragraph_format
    option.keep_with_next = True
    option.left_indent, option.first_line_indent, option.space_after = Mm(9), Mm(-9), Pt(2)
    option.tab_stops.add_tab_stop(Mm(9))
    styles[ROOM].paragraph_format.space_after = Pt(0)
    frame(styles[ROOM])
