"""What python-docx leaves to its callers: boxes to tick, room to write, marked heads, the language."""

from collections.abc import Sequence
from itertools import count

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_BOX = f"""<w:sdt {nsdecls("w")} {_W14}><w:sdtPr><w:alias/><w:tag/><w:id/><w14:checkbox><w14:checked w14:val="0"/>
<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>
</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic"
w:eastAsia="MS Gothic"/></w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"""
_ROOM = f"""<w:sdt {nsdecls("w")}><w:sdtPr><w:alias/><w:tag/><w:id/><w:showingPlcHdr/><w:text w:multiLine="1"/>
</w:sdtPr><w:sdtContent><w:r><w:rPr><w:color w:val="505A5F"/></w:rPr><w:t>Write here</w:t></w:r></w:sdtContent>
</w:sdt>"""
_PAGE = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
MAX_NAME = 64  # longer names of controls are refused by Word


class Controls:
    """Makes the controls of one document; each has a number of its own and a name that a screen reader says."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def box(self, paragraph: Paragraph, *, name: str) -> None:
        """Adds a box that can be ticked on screen or by pen."""
        self._add(_BOX, paragraph, name)

    def room(self, paragraph: Paragraph, *, name: str) -> None:
        """Adds a place to write in."""
        self._add(_ROOM, paragraph, name)

    def _add(self, xml: str, paragraph: Paragraph, name: str) -> None:
        element = parse_xml(xml)
        number = next(self._numbers)
        values = {"w:alias": name[:MAX_NAME], "w:tag": f"answer-{number}", "w:id": str(number)}
        for tag, value in values.items():
            next(element.iter(qn(tag))).set(qn("w:val"), value)
        paragraph._p.append(element)  # noqa: SLF001 -- python-docx offers no other door to what it does not know


def mark_head(table: Table, *, description: str, rows: int = 1) -> None:
    """Marks the first rows and the first column as heads, repeats these rows on each page, splits no row.

    The description says what the table is.
    """
    lines = table._tbl.tr_lst  # noqa: SLF001
    for line in lines:
        _flag(line.get_or_add_trPr(), "w:cantSplit")
    for line in lines[:rows]:
        _flag(line.get_or_add_trPr(), "w:tblHeader")
    properties = table._tbl.tblPr  # noqa: SLF001
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    heads = {"w:val": "00A0", "w:firstRow": "1", "w:firstColumn": "1", "w:noHBand": "0", "w:noVBand": "1"}
    _append(properties, "w:tblLook", {**heads, "w:lastRow": "0", "w:lastColumn": "0"})
    _append(properties, "w:tblDescription", {"w:val": description})


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Gives the columns these widths, which their contents do not change."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Length(width)


def page_number(paragraph: Paragraph) -> None:
    """Adds the number of the page."""
    paragraph._p.append(parse_xml(_PAGE))  # noqa: SLF001


def frame(style: ParagraphStyle) -> None:
    """Draws a line around paragraphs of this style; one frame around several in a row."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        _append(borders, f"w:{side}", {"w:val": "single", "w:sz": "6", "w:space": "4", "w:color": "505A5F"})
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def set_type(style: ParagraphStyle, family: str) -> None:
    """Sets a style in this family, whatever the theme says."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), family)


def set_language(styles: BaseOxmlElement, language: str) -> None:
    """Says in which language the whole document is."""
    for element in styles.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            element.set(qn(script), language)


def _flag(parent: BaseOxmlElement, tag: str) -> None:
    _append(parent, tag, {})


def _append(parent: BaseOxmlElement, tag: str, values: dict[str, str]) -> None:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(name), value)
    parent.append(element)
