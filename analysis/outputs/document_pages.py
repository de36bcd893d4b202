"""A document ready to be set: each block with the template that sets it, and the lists that stand before them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.safestring import SafeString

from analysis.core.document.blocks import (
    Block,
    ChartBlock,
    Document,
    Facts,
    Heading,
    Items,
    Notice,
    Paragraph,
    PictureBlock,
    Quotes,
    TableBlock,
    plain,
)
from analysis.core.house_style import Picture
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.drawing import WIDTH, Drawing
from analysis.outputs.house_places import css_address, picture_address
from analysis.outputs.line_html import LineWriter, ScreenWriter, call_id
from analysis.outputs.mosaic import draw_mosaic
from analysis.outputs.tables_html import TablePage, table_page

BLOCKS = "analysis/report/blocks/"
TABLE, CHART = "components/table.html", "components/charts/figure.html"
CHAPTER = 2
Watch = Callable[[Block], None]  # is told each block as it is reached
Place = Callable[[str], str]  # where a table of this id is seen by itself
TALL = 8
FEW = 3
NARROW, MANY = 2, 5  # columns that a table of facts may have to be narrow, and not to be set smaller


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list with page numbers."""

    id: str
    label: str
    level: int = CHAPTER


def entry_of(block: TableBlock) -> str:
    """What a list of tables says of one."""
    return f"Table {block.table.numeral}. {block.short}" if block.table.number else block.short


@dataclass(frozen=True, slots=True)
class HeadingPage:
    """A heading with its HTML; `style` is “begins” where a page begins with it."""

    id: str
    level: int
    html: SafeString
    style: str = ""


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A list with its HTML."""

    tag: str
    lines: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class FactsCell:
    """A cell, and whether it holds words or a figure."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class FactsPage:
    """A small table; with more than two columns it is as wide as the page."""

    id: str
    title: str
    style: str
    head: tuple[FactsCell, ...]
    rows: tuple[tuple[FactsCell, ...], ...]


@dataclass(frozen=True, slots=True)
class PicturePage:
    """A picture that was sent in, and where it is read from; with a number it is among the figures."""

    id: str
    number: int
    title: str
    picture: Picture
    source: str


@dataclass(frozen=True, slots=True)
class BlockPage:
    """What one template sets: under the name that this template knows it by."""

    template: str
    block: object = None
    table: object = None
    chart: object = None
    url: str = ""  # where a table is seen by itself and taken away, on a screen


@dataclass(frozen=True, slots=True)
class NotePage:
    """A footnote at the end of a page on a screen, and where it was called."""

    id: str
    number: int
    html: SafeString
    called_at: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The whole document, ready for `analysis/report/report.html` and, on a screen, `analysis/report/article.html`."""

    document: Document
    mosaic: Drawing
    blocks: tuple[BlockPage, ...]
    contents: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    references: tuple[HeadingPage, ...]
    footnotes: tuple[NotePage, ...] = ()
    width: int = WIDTH
    house_url: str = ""  # of its colours and its logo, on a screen
    logo_url: str = ""


def document_page(document: Document, *, watch: Watch = lambda _: None) -> DocumentPage:
    """Return everything the templates set on paper, in the order of the pages."""
    writer = LineWriter({note.id: note.line for note in document.footnotes})
    return _document_page(document, writer, begins=set(_begins(document.blocks)), watch=watch)


def screen_page(document: Document, *, place: Place) -> DocumentPage:
    """Return the same for a screen: footnotes at the end; `place` tells where a table is seen by itself."""
    writer = ScreenWriter()
    page = _document_page(document, writer, begins=())
    blocks = (
        replace(each, url=place(each.table.id)) if isinstance(each.table, TablePage) else each for each in page.blocks
    )
    notes = (NotePage(each.id, each.number, writer.html(each.line), call_id(each.id)) for each in document.footnotes)
    house = document.cover.house
    logo_url = picture_address(house.logo.digest) if house.logo else ""
    return replace(page, blocks=tuple(blocks), footnotes=tuple(notes), house_url=css_address(house), logo_url=logo_url)


def _document_page(
    document: Document, writer: LineWriter, *, begins: Collection[str], watch: Watch = lambda _: None
) -> DocumentPage:
    reached = _watched(document.blocks, watch)
    blocks = tuple(page for block in reached for page in _pages(block, document, writer, begins))
    references = tuple(HeadingPage(each.id, 0, writer.html(each.line)) for each in document.references)
    return DocumentPage(
        document=document,
        mosaic=draw_mosaic(document.cover.returns, of=document.cover.boards, fill=document.cover.house.main),
        blocks=blocks,
        contents=_contents(document),
        tables=tuple(Entry(block.id, entry_of(block)) for block in document.tables),
        figures=tuple(_figures(blocks)),
        references=references,
    )


def _figures(blocks: Sequence[BlockPage]) -> Iterator[Entry]:
    """Charts, and pictures with a number."""
    for each in (each for page in blocks for each in (page.chart, page.block)):
        if isinstance(each, ChartPage) or (isinstance(each, PicturePage) and each.number):
            yield Entry(each.id, f"{each.number}. {each.title}")


def _watched(blocks: Sequence[Block], watch: Watch) -> Iterator[Block]:
    for block in blocks:
        watch(block)
        yield block


def charts_in(block: ChartBlock, *, unit: str) -> tuple[ChartPage, ...]:
    """Return the charts of a block, numbered and titled; links lead to figure-1, figure-2 and so on."""
    charts = charts_of(block.table, block.kind, unit=unit)
    return tuple(
        replace(chart, id=figure_id(number), number=number, title=f"{block.short}{chart.suffix}")
        for number, chart in enumerate(charts, start=block.number)
    )


def _contents(document: Document) -> tuple[Entry, ...]:
    """The headings of a report that has chapters enough to be looked up in."""
    listed = [heading for heading in document.headings if heading.level <= CHAPTER + 1]
    if sum(heading.level == CHAPTER for heading in listed) < FEW:
        return ()
    entries = tuple(Entry(heading.id, plain(heading.line), heading.level) for heading in listed)
    return (*entries, *((Entry("references", "References"),) if document.references else ()))


def _begins(blocks: Sequence[Block]) -> Iterator[str]:
    """A page begins with the first chapter, with one that holds tables, and with the next after a tall table."""
    places = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == CHAPTER]
    was_broken = True
    for start, end in pairwise([*places, len(blocks)]):
        heading = blocks[start]
        tables = [block.table for block in blocks[start:end] if isinstance(block, TableBlock)]
        if isinstance(heading, Heading) and (was_broken or tables):
            yield heading.id
        was_broken = bool(tables) and len(tables[-1].rows) > TALL
    yield from _after_others(blocks)


def _after_others(blocks: Sequence[Block]) -> Iterator[str]:
    """Of two tables, one of them tall, the second begins a page: it would be set twice to see that it does not fit."""
    for before, block in pairwise(blocks):
        pair = [each.table for each in (before, block) if isinstance(each, TableBlock)]
        if isinstance(block, TableBlock) and len(pair) == 2 and max(len(table.rows) for table in pair) > TALL:
            yield block.id


def _pages(block: Block, document: Document, writer: LineWriter, begins: Collection[str]) -> Iterator[BlockPage]:
    match block:
        case Heading():
            style = "begins" if block.id in begins else ""
            yield _own("heading", HeadingPage(block.id, block.level, writer.html(block.line), style))
        case Paragraph():
            yield _own("paragraph", writer.html(block.line))
        case Items():
            lines = tuple(writer.html(line) for line in block.lines)
            yield _own("items", ItemsPage("ol" if block.is_ordered else "ul", lines))
        case Facts():
            yield _own("facts", _facts(block))
        case Quotes():
            yield _own("quotes", block)
        case PictureBlock():
            yield _own("picture", _picture(block, writer))
        case Notice():
            yield _own("notice", writer.html(block.line))
        case TableBlock():
            table = table_page(block.table, dates=document.dates)
            begins_page = block.id in begins
            yield BlockPage(TABLE, table=replace(table, style=f"{table.style} begins") if begins_page else table)
        case ChartBlock():
            yield from (BlockPage(CHART, chart=chart) for chart in charts_in(block, unit=document.unit))


def _own(name: str, block: object) -> BlockPage:
    return BlockPage(f"{BLOCKS}{name}.html", block=block)


def _picture(block: PictureBlock, writer: LineWriter) -> PicturePage:
    id_ = figure_id(block.number) if block.number else ""
    return PicturePage(id_, block.number, block.title, block.picture, writer.picture(block.picture))


def figure_id(number: int) -> str:
    """Where links to a figure lead."""
    return f"figure-{number}"


def _facts(block: Facts) -> FactsPage:
    def cells(row: tuple[str, ...]) -> tuple[FactsCell, ...]:
        return tuple(FactsCell(text, "words" if place in block.words else "") for place, text in enumerate(row))

    wide = " facts--wide" if len(block.head) > NARROW else ""
    style = f"facts{wide}{' facts--many' if len(block.head) > MANY else ''}"
    return FactsPage(block.id, block.title, style, cells(block.head), tuple(cells(row) for row in block.rows))
