"""Workbooks as nobody should send them."""

import io
import zipfile

from respondents.tabular.writing import Sheet, write_xlsx


def workbook(*rows: tuple[str, ...], heads: tuple[str, ...] = ("name", "kind")) -> bytes:
    """A plain workbook."""
    return write_xlsx([Sheet("Sheet", heads, rows)])


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part more, or another one in its place."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return target.getvalue()


def sheet_xml(rows: str, *, dimension: str = "A1:B2", before: str = "") -> bytes:
    """A sheet written by hand."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(
        f'<c r="{at}" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in (("A1", "name"), ("B1", "kind"))
    )
    head = f'<row r="1">{cells}</row>'
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><dimension ref="{dimension}"/>'
        f"<sheetData>{head}{rows}</sheetData></worksheet>"
    ).encode()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose one sheet is this."""
    return with_part(workbook(("a", "x")), "xl/worksheets/sheet1.xml", xml)
