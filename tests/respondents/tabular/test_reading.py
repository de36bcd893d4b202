"""A table is read however it was saved, or refused with the place and the remedy; nothing sent to us can hurt."""

import time

import openpyxl
import pytest

from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import WINDOWS, LettersUnsure, read_table, read_tables
from respondents.tabular.writing import Sheet, write_csv, write_xlsx
from tests.respondents.tabular.hostile import sheet_xml, with_part, with_sheet, workbook

pytestmark = pytest.mark.pure


def read(content: bytes, encoding: str = "") -> list[tuple[int, dict[str, str]]]:
    lines = read_table(content, name="list.csv", required=("name", "kind"), encoding=encoding)
    return [(line.number, dict(line.cells)) for line in lines]


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as found:
        read(content)
    return str(found.value.problems[0])


@pytest.mark.parametrize(
    "content",
    [
        write_csv(("name", "kind"), [("Zoë", "=x")]),
        write_xlsx([Sheet("A", ("name", "kind"), [("Zoë", "=x")])]),
        "name;kind\r\nZoë;'=x\r\n".encode("utf-16"),
    ],
    ids=["csv", "xlsx", "utf-16"],
)
def test_the_same_table_is_read_from_csv_and_from_a_workbook(content: bytes) -> None:
    assert read(content) == [(2, {"name": "Zoë", "kind": "=x"})]


def test_windows_1252_is_shown_to_a_person_and_read_once_they_have_said_so() -> None:
    content = "name,kind\na,x\nZoë,y\n".encode(WINDOWS)

    with pytest.raises(LettersUnsure) as unsure:
        read(content)

    assert unsure.value.sample == "Zoë,y"
    assert read(content, WINDOWS) == [(2, {"name": "a", "kind": "x"}), (3, {"name": "Zoë", "kind": "y"})]


def test_numbers_days_and_blank_cells_of_a_workbook_are_read_as_text(tmp_path: object) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (("name", "kind"), (5, 2.5), (None, None), ("x", None)):
        page.append(row)
    book.save(f"{tmp_path}/list.xlsx")
    with open(f"{tmp_path}/list.xlsx", "rb") as file:  # noqa: PTH123 -- a text is at hand
        assert read(file.read()) == [(2, {"name": "5", "kind": "2.5"}), (4, {"name": "x", "kind": ""})]


FORMULA = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>1</v></c></row>'
ERROR = '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_sheet(sheet_xml(FORMULA)), "line 2, Sheet: Cell A2 holds a formula. Put its value in its place"),
        (with_sheet(sheet_xml(ERROR)), "line 2, Sheet: Cell A2 holds the error #REF!. Correct the cell."),
        (with_sheet(sheet_xml("", before=ENTITIES)), "file: The workbook declares entities of its own"),
        (with_part(workbook(("a", "b")), "xl/vbaProject.bin", b"x"), "file: The workbook holds macros"),
        (with_part(workbook(("a", "b")), "xl/media/a.bin", b"0" * 50_000_000), "file: The workbook would unpack"),
        (with_part(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"x"), "file: A ZIP file, but not an Excel workbook"),
        (workbook(("a", "b"))[:3000], "file: Not a workbook, or one that was cut off"),
        (with_sheet(b"<worksheet"), "file: The workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "file: A workbook of the old kind (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file: The workbook has a password. Save it as “Excel Workbook (.xlsx)” without a password.",
        ),
        (b"\x89PNG\r\n\x1a\n\0", "file: The file is a picture (PNG), not a table"),
        (b"%PDF-1.7", "file: The file is a PDF document, not a table"),
        (b"name,kind\n" + b"a,b\n" * 200_001, "line 200002, file: More than 200,000 rows"),
        (write_xlsx([Sheet("A", ("nmae", "kind"), [("a", "b")])]), "line 1, column name: The column is missing"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    assert refusal(content).startswith(words)


def test_a_sheet_that_claims_to_be_huge_is_read_for_what_it_is() -> None:
    row = '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    began = time.monotonic()

    far = refusal(with_sheet(sheet_xml(row, dimension="A1:XFD1048576")))
    near = read(with_sheet(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>', dimension="A1:XFD1048576")))

    assert far == "line 1048576, Sheet: More than 100 columns. Remove what does not belong there."
    assert near == [(2, {"name": "1", "kind": ""})]
    assert time.monotonic() - began < 30


def test_every_table_of_a_workbook_is_found() -> None:
    content = write_xlsx([Sheet("One", ("a",), [("1",)]), Sheet("Two", ("b",), [("2",)])])

    assert [(table.name, table.heads) for table in read_tables(content, name="x", known=())] == [
        ("One", ["a"]),
        ("Two", ["b"]),
    ]
