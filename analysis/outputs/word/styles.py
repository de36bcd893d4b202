"""An empty Word document in the house's type, with what stands on every page."""

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from analysis.core.document.blocks import Cover
from analysis.core.house_style import HouseStyle
from respondents.copies.typed import visible
from respondents.copies.word_parts import frame, page_number, set_language, set_type

SANS, SERIF = "Arial", "Cambria"  # those that every computer with Word has
QUIET = RGBColor(0x50, 0x5A, 0x5F)
NOTE, CELL, BASE, NOTICE = "Table note", "Cell", "Table base", "Notice"
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"
ENTRIES = ("TOC 1", "TOC 2", "Table of figures")
SIZES = {"Normal": 11, "Title": 26, "Subtitle": 14, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Caption": 10.5}
SMALL = {NOTE: 8.5, CELL: 8, BASE: 9, "Header": 8.5, "Footer": 8.5, NOTE_TEXT: 9}
A4, MARGIN = (Mm(210), Mm(297)), Mm(22)
TEXT_WIDTH, WIDE_TEXT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN


def empty_file(cover: Cover, *, language: str) -> WordFile:
    """Return a page of A4 with our styles, the title and the language said, a running head and numbered pages."""
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.subject = visible(cover.title)[:255], visible(cover.subtitle)[:255]
    properties.author = visible(cover.house.publisher or cover.house.department or cover.source)[:255]
    properties.comments, properties.language = "", language
    set_language(file.styles.element, language)
    _add_styles(file, colour_of(cover.house.main))
    page = file.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    page.header.paragraphs[0].text = visible("   ".join(filter(None, (cover.short_title, cover.running))))
    foot = page.footer.paragraphs[0]
    if cover.house.department:
        foot.add_run(f"{visible(cover.house.department)}   ")
    foot.add_run("Page ")
    page_number(foot)
    return file


def turn(file: WordFile, *, wide: bool) -> None:
    """Begin a page that lies or stands, unless the one before lies or stands alike."""
    before = file.sections[-1]
    if (before.orientation == WD_ORIENT.LANDSCAPE) == wide:
        return
    page = file.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = reversed(A4) if wide else A4


def colour_of(colour: str) -> RGBColor:
    """Return a colour as Word takes it."""
    return RGBColor.from_string(colour.removeprefix("#"))


def shade(paragraph: Paragraph, house: HouseStyle) -> None:
    """Set the words of a paragraph in the accent, on a field of the main colour."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{house.main.removeprefix("#")}"/>')
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx knows no ground
    properties.insert_element_before(ground, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
    for run in paragraph.runs:
        run.font.color.rgb, run.font.bold = colour_of(house.accent), True


def _add_styles(file: WordFile, main: RGBColor) -> None:
    for name in (NOTE, CELL, BASE, NOTICE, NOTE_TEXT, *ENTRIES):
        file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = file.styles["Normal"]
    file.styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER).font.superscript = True
    for name, size in {**SIZES, **SMALL}.items():
        style = file.styles[name]
        set_type(style, SERIF if name in ("Normal", NOTE_TEXT) else SANS)
        style.font.size = Pt(size)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        file.styles[name].font.color.rgb, file.styles[name].font.bold = main, True
    for line in file.styles["Title"].element.iter(qn("w:bottom")):
        for theme in ("themeColor", "themeShade", "themeTint"):
            line.attrib.pop(qn(f"w:{theme}"), None)
        line.set(qn("w:color"), str(main))
    for name in (NOTE, BASE, "Subtitle"):
        set_type(file.styles[name], SANS)
        file.styles[name].font.color.rgb, file.styles[name].font.italic = QUIET, False
    for apart in file.styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        file.styles["Subtitle"].element.rPr.remove(apart)
    _space(file)


def _space(file: WordFile) -> None:
    styles = file.styles
    styles["Normal"].paragraph_format.line_spacing = 1.25
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for name, before, after in ((CELL, 1, 1), (NOTE, 0, 2), (BASE, 0, 3), ("Caption", 14, 2), (NOTE_TEXT, 0, 2)):
        form = styles[name].paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
    styles["Caption"].paragraph_format.keep_with_next = styles[BASE].paragraph_format.keep_with_next = True
    styles[CELL].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    styles["TOC 2"].paragraph_format.left_indent = Mm(6)
    for name in ENTRIES:
        styles[name].paragraph_format.space_after = Pt(3)
    frame(styles[NOTICE])
