"""Numbered lists that each begin with 1."""

from collections.abc import Callable

from docx.document import Document as WordFile
from docx.text.paragraph import Paragraph


def restarted(file: WordFile) -> Callable[[Paragraph], None]:
    """Return what makes paragraphs items of one new numbered list."""
    numbering = file.part.numbering_part.element
    style = file.styles["List Number"].element.pPr.numPr.numId.val
    shape = next(each for each in numbering.num_lst if each.numId == style).abstractNumId.val
    new = numbering.add_num(shape)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)

    def number(paragraph: Paragraph) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 -- python-docx numbers by style alone
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, new.numId

    return number
