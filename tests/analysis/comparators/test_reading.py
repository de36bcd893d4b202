"""A file of published figures: every bad line is told with its remedy; nothing of it is kept."""

import pytest

from analysis.comparators.reading import read_published
from respondents.tabular.lines import FileRefused
from respondents.tabular.reading import LettersUnsure
from respondents.tabular.writing import Sheet, write_xlsx
from tests.analysis.comparators.examples import AGREEMENT, HEAD, STATEMENT

pytestmark = pytest.mark.pure


def problems_of(text: str | bytes) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileRefused) as refused:
        read_published(content, name="file.csv", scale=AGREEMENT)
    return [str(problem) for problem in refused.value.problems]


def test_percentages_and_counts_are_read_with_their_lines() -> None:
    lines = read_published((HEAD + ",D1.1,agree,40 %,,40\n,D1.1,Disagree,,6,40\n").encode(), name="f", scale=AGREEMENT)
    assert [(line.number, line.percent, line.count, line.share) for line in lines] == [
        (2, 40, None, 40),
        (3, None, 6, 15),
    ]


def test_decimals_are_kept_as_printed_and_tell_the_count() -> None:
    (line,) = read_published((HEAD + ",D1.1,Agree,58.7%,,46\n").encode(), name="f", scale=AGREEMENT)
    assert (line.percent, line.printed, line.figure.count) == (59, "58.7", 27)


def test_a_workbook_is_read_as_csv_is() -> None:
    rows = [tuple(int(cell) if cell.isdigit() else cell for cell in line.split(",")) for line in STATEMENT.splitlines()]
    book = write_xlsx([Sheet("Figures", [str(head) for head in rows[0]], rows[1:])])
    assert read_published(book, name="f.xlsx", scale=AGREEMENT) == read_published(
        STATEMENT.encode(), name="f.csv", scale=AGREEMENT
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",,Agree,40,,40", "The question is missing. Write the item’s code"),
        (",D1.1,Yes,40,,40", "“Yes” is no answer of the scale. Write it as in the scale you gave (Strongly agree,"),
        (",D1.1,Agree,40,,0", "The base is “0”, and a share of nobody is no figure. Write how many were asked"),
        (",D1.1,Agree,40,,", "The base is “”"),
        (",D1.1,Agree,40,,999999999", "A base of 999,999,999 is more than was ever asked"),
        (",D1.1,Agree,58.765,,40", "“58.765” is no whole number of nought or more. Write the percentage as printed"),
        (",D1.1,Agree,-3,,40", "“-3” is no whole number"),
        (",D1.1,Agree,,,40", "There is no figure. Fill percent or count, or remove the line"),
        (",D1.1,Agree,101,,40", "101% is more than all. Correct the percentage"),
        (",D1.1,Agree,,41,40", "41 answers are more than the base of 40. Correct the count or the base"),
    ],
)
def test_a_bad_line_is_named_with_the_remedy(line: str, told: str) -> None:
    (problem,) = problems_of(HEAD + f"{line}\n")
    assert told in problem
    assert "line 2" in problem.lower()


def test_a_figure_given_twice_and_a_second_base_are_named_with_both_lines() -> None:
    found = problems_of(HEAD + ",D1.1,Agree,40,,40\n,D1.1,AGREE,41,,40\n,D1.1,Disagree,10,,41\n")
    assert len(found) == 2
    assert "“AGREE” of “D1.1” stands in line 2 already. Remove one of the two." in found[0]
    assert "The base is 41, but 40 in line 2 of the same question." in found[1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (HEAD.encode(), "There are no figures below the first line"),
        (b"\x89PNG\r\n", "The file is a picture (PNG), not a table"),
        (b"table,row,option,percent\n,D1.1,Agree,40\n", "The column is missing"),
    ],
)
def test_what_is_no_table_of_figures_is_refused(content: bytes, told: str) -> None:
    assert told in problems_of(content)[0]


def test_letters_that_are_not_utf_8_are_asked_about() -> None:
    content = (HEAD + ",Café,Agree,40,,40\n").encode("cp1252")
    with pytest.raises(LettersUnsure) as refused:
        read_published(content, name="f", scale=AGREEMENT)
    assert refused.value.sample == ",Café,Agree,40,,40"
    assert read_published(content, name="f", scale=AGREEMENT, encoding="cp1252")[0].row == "Café"
