"""No text becomes a formula or a link, whatever it begins with, in titles, labels, notes and properties."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product

import odfdo
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from analysis.outputs.table_set import Cover
from tests.analysis.outputs.workbook.made import COVER, TABLES, made

pytestmark = pytest.mark.pure

SIGNS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "{=1}", "'=1")
HOSTILE = (*SIGNS, "=cmd|' /C calc'!A0", "http://a.example", "mailto:a@b", "internal:'Cover'!A1", "of:=1")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_is_ever_a_formula_or_a_link(hostile: str) -> None:
    one = TABLES[4]
    harmful = replace(
        one,
        title=hostile,
        number=0,
        rows=tuple(replace(row, label=f"{hostile}{place}", panel=hostile) for place, row in enumerate(one.rows)),
        columns=tuple(replace(column, label=f"{hostile}{column.id}", group=hostile) for column in one.columns),
        notes=(hostile,),
        stub_label=hostile,
        base_note=hostile,
        source=hostile,
        caveat=hostile,
        marks=(hostile,),
    )
    cover = Cover(hostile, date(2012, 5, 14), hostile, ((hostile, hostile),), (hostile,))
    files = made((harmful,), cover)
    cells = [
        cell for sheet in openpyxl.load_workbook(BytesIO(files["xlsx"])) for row in sheet.iter_rows() for cell in row
    ]
    assert not any(cell.data_type == "f" for cell in cells)
    assert all(cell.hyperlink is None or cell.hyperlink.target is None for cell in cells)
    assert sum(hostile.strip() in str(cell.value) for cell in cells) > 15
    assert b"<f>" not in files["xlsx"]
    body = odfdo.Document(BytesIO(files["ods"])).body
    assert not body.get_elements("//*[@table:formula]")
    assert all(str(each.get_attribute("xlink:href")).startswith("#") for each in body.get_elements("//text:a"))


@pytest.mark.parametrize(("name", "sign"), list(product(("xlsx", "ods"), ("\x00", "\x0b", "\ufffe", "\ud800"))))
def test_signs_that_no_file_can_hold_become_a_space(name: str, sign: str) -> None:
    files = made((replace(TABLES[4], title=f"One{sign}two", marks=()),), replace(COVER, notices=()))
    sheet = CalamineWorkbook.from_filelike(BytesIO(files[name])).get_sheet_by_name("Table 5").to_python()
    assert sheet[0][0] == "Table 5. One two"


def test_a_text_that_does_not_fit_into_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="33,000 letters do not fit into one cell"):
        made((replace(TABLES[4], notes=("x" * 33_000,)),))
