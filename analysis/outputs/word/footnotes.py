"""Footnotes as Word has them: in a part of their own, which python-docx does not know."""

from docx.document import Document as WordFile
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from analysis.core.document.blocks import Footnote, plain
from analysis.outputs.word.styles import NOTE_MARK, NOTE_TEXT
from respondents.copies.typed import visible

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LINE = '<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
# Word wants the lines that it draws above footnotes to be said first, under these two numbers.
_LINES = "".join(
    _LINE.format(kind=kind, id=number, mark=mark)
    for kind, number, mark in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
)


def add_footnotes(file: WordFile, notes: tuple[Footnote, ...]) -> None:
    """Add the footnotes of the document to the file."""
    if not notes:
        return
    root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_LINES}</w:footnotes>")
    styles = {name: file.styles[name].style_id for name in (NOTE_TEXT, NOTE_MARK)}
    for note in notes:
        root.append(_footnote(note, styles))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, content, file.part.package)
    file.part.relate_to(part, KIND)


def add_mark(paragraph: Paragraph, number: int) -> None:
    """Add the mark that leads to a footnote."""
    run = paragraph.add_run()
    run.style = NOTE_MARK
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)  # noqa: SLF001 -- python-docx knows no footnotes


def _footnote(note: Footnote, styles: dict[str, str]) -> etree._Element:
    found = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{note.number}"><w:p><w:pPr><w:pStyle w:val="{styles[NOTE_TEXT]}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{styles[NOTE_MARK]}"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
    )
    next(found.iter(qn("w:t"))).text = f" {visible(plain(note.line))}"
    return found
