"""CSV files as people make them: read right, or refused with the line and the remedy."""

import pytest

from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused

pytestmark = pytest.mark.pure


def read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    lines = read_lines(content, required=("name", "kind"), optional=("note",))
    return [(line.number, dict(line.cells)) for line in lines]


def refusals(content: bytes) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read(content)
    return [str(problem) for problem in refused.value.problems]


PLAIN = [(2, {"name": "Zoë", "kind": "x"})]


@pytest.mark.parametrize(
    "content",
    [
        "name,kind\nZoë,x\n".encode(),
        "name,kind\nZoë,x\n".encode("utf-8-sig"),
        "name,kind\nZoë,x\n".encode("utf-16"),
        "name;kind\r\nZoë;x\r\n".encode(),
        "name\tkind\nZoë\tx".encode(),
        "name,kind\nZoë,x\n\n , \n".encode(),
        '"name","kind"\n"Zoë","x"\n'.encode(),
    ],
    ids=["plain", "byte-order mark", "utf-16", "semicolons", "tabs", "blank lines", "quotes"],
)
def test_the_same_table_is_read_however_it_was_saved(content: bytes) -> None:
    assert read(content) == PLAIN


def test_a_cell_keeps_its_text_and_lines_are_counted_through_line_breaks() -> None:
    content = b'name,kind\n" a\nb ",x\n\nc,y\n'

    assert read(content) == [(2, {"name": " a\nb ", "kind": "x"}), (5, {"name": "c", "kind": "y"})]


def test_windows_1252_is_refused_with_the_line() -> None:
    assert refusals("name,kind\na,x\nZoë,x\n".encode("cp1252")) == [
        (
            "line 3, file: Not UTF-8 text (byte 0xEB, as in Windows-1252 or a picture). "
            "Save it again as “CSV UTF-8 (comma delimited)”."
        )
    ]


def test_a_picture_is_refused() -> None:
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

    assert refusals(picture)[0].startswith("line 1, file: Not UTF-8 text (byte 0x89")


def test_nul_characters_are_refused() -> None:
    assert refusals(b"name,kind\na\0b,x\n")[0].startswith("line 2, file: Not a text file")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusals(content) == ["file: The file is empty. Export it again."]


def test_every_wrong_column_is_told_at_once() -> None:
    assert refusals(b"nmae,note,note\n") == [
        "line 1, column name: The column is missing. Add it to the first line; columns may stand in any order.",
        "line 1, column kind: The column is missing. Add it to the first line; columns may stand in any order.",
        "line 1, column nmae: This column is not known. Did you mean name?",
        "line 1, column note: The column stands twice. Remove one of the two.",
    ]


def test_every_ragged_line_is_told_at_once() -> None:
    assert refusals(b"name,kind\na\nb,x\nc,x,y\n") == [
        "line 2, line: 1 cells where the first line names 2 columns. Check for a missing or an unquoted delimiter.",
        "line 4, line: 3 cells where the first line names 2 columns. Check for a missing or an unquoted delimiter.",
    ]


def test_an_unclosed_quotation_mark_is_told_where_it_begins() -> None:
    assert refusals(b'name,kind\na,x\n"b,x\nc,x\n') == [
        "line 3, file: Not well-formed CSV (unexpected end of data). Check the quotation marks from this line on."
    ]


def test_a_very_long_cell_is_refused_in_a_sentence() -> None:
    assert refusals(b"name,kind\n" + b"a" * 200_000 + b",x\n")[0].startswith("line 2, file: Not well-formed CSV (field")
