"""A document written from top to bottom into a Word file."""

import io
from collections.abc import Iterator, Sequence

from django.utils import dateformat
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Inches, Length, Mm, Pt
from docx.text.paragraph import Paragraph as Written

from analysis.core.document.blocks import (
    Block,
    ChartBlock,
    Document,
    Facts,
    Heading,
    Items,
    Line,
    Link,
    NoteMark,
    Notice,
    Paragraph,
    PictureBlock,
    Quotes,
    TableBlock,
    Words,
    plain,
)
from analysis.core.house_style import HouseStyle, Picture
from analysis.outputs.charts_svg import ChartPage
from analysis.outputs.document_pages import charts_in, figure_id
from analysis.outputs.drawing import INK
from analysis.outputs.png_drawing import png_of
from analysis.outputs.tables_html import TablePage, table_page
from analysis.outputs.word.fields import Places, add_number, link, listing
from analysis.outputs.word.footnotes import add_footnotes, add_mark
from analysis.outputs.word.numbering import restarted
from analysis.outputs.word.styles import BASE, ENTRIES, NOTE, NOTICE, TEXT_WIDTH, empty_file, shade, turn
from analysis.outputs.word.tables import add_facts, add_table, is_wide
from respondents.copies.typed import visible

CONTENTS, TABLES, FIGURES = ' TOC \\o "1-2" \\h \\z \\u ', ' TOC \\h \\z \\c "Table" ', ' TOC \\h \\z \\c "Figure" '
PRINT_SCALE = 3  # of 96 dots an inch
ABOVE_TITLE = 120
BELOW_TABLE = Pt(3)
PICTURE_HEIGHT, PIXEL = Mm(180), Inches(1) / 96
LOGO_WIDTH, LOGO_HEIGHT = Mm(80), Mm(24)


class Writer:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = empty_file(document.cover, language=document.language)
        self.places = Places()
        self._ink = (document.cover.house.main if document.cover.house.number else INK).removeprefix("#")
        self._first = next(document.headings, None) if any(document.tables) else None  # after lists of a page or more
        self._charts = {id(block): charts_in(block, unit=document.unit) for block in document.charts}

    def write(self) -> None:
        """Write the cover, the lists, every block, the references and the footnotes."""
        self._cover()
        self._lists()
        for block in self.document.blocks:
            page = table_page(block.table, dates=self.document.dates) if isinstance(block, TableBlock) else None
            turn(self.file, wide=page is not None and is_wide(page))
            self._table(page) if page else self._block(block)
        turn(self.file, wide=False)
        if self.document.references:
            self._heading("references", 1, (Words("References"),))
        for reference in self.document.references:
            self.places.mark(self._line(reference.line), reference.id)
        add_footnotes(self.file, self.document.footnotes)

    # --- Before the text ----------------------------------------------------------------------------------------
    def _cover(self) -> None:
        cover = self.document.cover
        self._masthead(cover.house)
        self._text(cover.title, "Title").paragraph_format.space_before = Pt(ABOVE_TITLE)
        self._text(cover.subtitle, "Subtitle")
        for notice in cover.notices:
            self._text(notice, NOTICE)
        for line in cover.lines:
            self._text(line, BASE)
        made = f" Report made on {dateformat.format(cover.made_on, 'j F Y')}." if cover.made_on else ""
        self._text(f"{cover.source}.{made}", BASE)
        if cover.house.imprint:
            self._text(cover.house.imprint, BASE)

    def _masthead(self, house: HouseStyle) -> None:
        """The logo, and the department's name as on every cover."""
        if house.logo:
            self._picture(house.logo, widest=LOGO_WIDTH, highest=LOGO_HEIGHT)
        if house.department:
            shade(self._text(house.department, "Subtitle"), house)

    def _picture(self, picture: Picture, *, widest: Length, highest: Length) -> Written:
        """A picture with its alternative text, as large as fits and no larger than its pixels bear."""
        scale = min(widest / picture.width, highest / picture.height, PIXEL)
        size = {"width": Length(round(picture.width * scale)), "height": Length(round(picture.height * scale))}
        written = self.file.add_paragraph()
        inline = written.add_run().add_picture(io.BytesIO(picture.content), **size)
        _describe(inline, picture.words)
        return written

    def _lists(self) -> None:
        headings = [each for each in self.document.headings if each.level <= 3]
        entries = [(each.id, plain(each.line), ENTRIES[each.level - 2]) for each in headings]
        last = [("references", "References", ENTRIES[0])] if self.document.references else []
        self._list("Contents", CONTENTS, [*entries, *last])
        tables = [each for each in self.document.tables if each.table.number]
        entries = [(each.id, f"Table {each.table.numeral}. {each.short}", ENTRIES[2]) for each in tables]
        self._list("Tables", TABLES, entries)
        figures = [(id_, title, ENTRIES[2]) for block in self.document.blocks for id_, title in self._figures(block)]
        self._list("Figures", FIGURES, figures)

    def _figures(self, block: Block) -> Iterator[tuple[str, str]]:
        """The figures that a block is, each with where it stands and how it is listed."""
        if isinstance(block, ChartBlock):
            yield from ((each.id, _figure_title(each)) for each in self._charts[id(block)])
        elif isinstance(block, PictureBlock) and block.number:
            yield figure_id(block.number), f"Figure {block.number}. {block.title}"

    def _list(self, title: str, instruction: str, entries: Sequence[tuple[str, str, str]]) -> None:
        if not entries:
            return
        self._text(title, "TOC Heading").paragraph_format.page_break_before = title == "Contents"
        lines = [self.file.add_paragraph(style=style) for _, _, style in entries]
        with listing(lines[0], lines[-1], instruction):
            for line, (id_, text, _) in zip(lines, entries, strict=True):
                link(line, visible(text), to=f"#{id_}", places=self.places)

    # --- The text -----------------------------------------------------------------------------------------------
    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                begins = block is self._first
                self._heading(block.id, block.level - 1, block.line).paragraph_format.page_break_before = begins or None
            case Paragraph():
                self._line(block.line)
            case Notice():
                self._line(block.line, NOTICE)
            case Items():
                self._items(block)
            case PictureBlock():
                self._sent_in(block)
            case Quotes():
                self._quotes(block)
            case Facts():
                self.places.mark(self._text(block.title, "Caption"), block.id)
                add_facts(self.file, block, ink=self._ink)
                self._text("", NOTE)
            case ChartBlock():
                for chart in self._charts[id(block)]:
                    self._chart(chart)

    def _heading(self, id_: str, level: int, line: Line) -> Written:
        written = self._line(line, f"Heading {level}")
        self.places.mark(written, id_)
        return written

    def _items(self, items: Items) -> None:
        number = restarted(self.file) if items.is_ordered else None
        for line in items.lines:
            written = self._line(line, "List Number" if items.is_ordered else "List Bullet")
            if number is not None:
                number(written)

    def _quotes(self, quotes: Quotes) -> None:
        self._text(f"In chairs’ words: {quotes.question}", "Caption")
        for words in quotes.words:
            self._text(f"“{words}”", "Quote").paragraph_format.keep_with_next = True
            self._text(quotes.credit, NOTE)

    def _table(self, page: TablePage) -> None:
        self.places.mark(self._caption("Table", page.number, page.title), page.id)
        for text in filter(None, (*page.marks, page.base, page.caveat)):
            self._text(text, BASE)
        add_table(self.file, page, ink=self._ink)
        told = [f"({each.letter}) {each.text}" for each in page.differences]
        notes = [self._text(text, NOTE) for text in (*told, *page.notes, f"Source: {page.source}")]
        notes[0].paragraph_format.space_before = BELOW_TABLE
        for note in notes[:-1]:
            note.paragraph_format.keep_with_next = True

    def _chart(self, chart: ChartPage) -> None:
        self.places.mark(self._caption("Figure", f"{chart.number or ''}", chart.title or chart.table.title), chart.id)
        self._text(chart.finding, BASE)
        picture = self.file.add_paragraph()
        picture.paragraph_format.keep_with_next = True
        inline = picture.add_run().add_picture(io.BytesIO(png_of(chart, scale=PRINT_SCALE)), width=TEXT_WIDTH)
        _describe(inline, f"{chart.finding} {chart.description}")
        written = self._text(f"{chart.reading} Every figure is in ", NOTE)
        link(written, chart.place, to=f"#{chart.table.id}", places=self.places)
        written.add_run(".")

    def _sent_in(self, block: PictureBlock) -> None:
        if block.title:
            caption = self._caption("Figure", f"{block.number or ''}", block.title)
            if block.number:
                self.places.mark(caption, figure_id(block.number))
        self._picture(block.picture, widest=Length(TEXT_WIDTH), highest=PICTURE_HEIGHT)

    def _caption(self, kind: str, number: str, title: str) -> Written:
        """The letter of a companion stands behind the number, which Word knows as one."""
        written = self.file.add_paragraph(style="Caption")
        if number:
            digits = number.rstrip("a")
            written.add_run(f"{kind} ")
            add_number(written, kind, int(digits))
            written.add_run(f"{number.removeprefix(digits)}. ")
        written.add_run(visible(title))
        return written

    def _line(self, line: Line, style: str = "Normal") -> Written:
        written = self.file.add_paragraph(style=style)
        for part in line:
            match part:
                case Words():
                    run = written.add_run(visible(part.text))
                    run.bold, run.italic = part.is_strong or None, part.is_emphasised or None
                case Link():
                    link(written, visible(part.text), to=part.to, places=self.places)
                case NoteMark():
                    add_mark(written, part.number)
        return written

    def _text(self, text: str, style: str) -> Written:
        return self.file.add_paragraph(visible(text), style)


def _describe(inline: InlineShape, words: str) -> None:
    told = next(inline._inline.iter(qn("wp:docPr")))  # noqa: SLF001 -- python-docx has no door to the description
    told.set("descr", visible(words))


def _figure_title(chart: ChartPage) -> str:
    return f"Figure {chart.number}. {chart.title}" if chart.number else chart.title or chart.table.title
