"""The ten tables of the paper from the invented returns: 573 figures equal, 11 differ, each with its erratum."""

import pytest

from analysis.core.tidy import TidyRow, tidy_rows
from tests.golden.published import lines, tables

pytestmark = pytest.mark.pure

Figure = tuple[str, str, str, str]


def printed() -> dict[Figure, int]:
    """Return every number the paper prints in a table."""
    return {
        (row["table"], row["row"], row["column"], row["measure"]): int(row["value_number"])
        for row in lines("published_tables.csv")
        if row["value_number"]
    }


def ours() -> dict[Figure, int | None]:
    return {place: row.value for place, row in by_place().items()}


def by_place() -> dict[Figure, TidyRow]:
    return {(row.table, row.row, row.column, row.measure): row for row in tidy_rows(tables())}


def of_2012() -> dict[Figure, int]:
    return {figure: value for figure, value in printed().items() if not figure[2].endswith(".laming")}


def by_construction(figure: Figure) -> bool:
    """Whether the figure is a total that any base gives: N and 100, but not the total of returns, which is counted."""
    _, row, column, _ = figure
    return "total" in (row, column) and column != "returns"


ERRATA = {
    ("table_1", "london_boroughs", "response_rate", "percent"): ("E03", "26", 24),
    ("table_1", "metropolitan", "response_rate", "percent"): ("E04", "36", 42),
    ("table_1", "unitary", "response_rate", "percent"): ("E05", "35", 34),
    ("table_2", "outer_london", "share_of_returns", "percent"): ("E09", "6", 9),
    ("table_3", "understanding_of_referral_process.reasonable", "third_sector.munro", "percent"): ("E16", "60", 51),
    ("table_3", "understanding_of_thresholds.good", "childrens_social_care.munro", "percent"): ("E14", "83", 82),
    ("table_4", "willingness_to_share_information.good", "youth_services.munro", "percent"): ("E17", "60", 51),
    ("table_4", "willingness_to_share_information.reasonable", "third_sector.munro", "percent"): ("E18", "42", 40),
    ("table_4", "trust.good", "third_sector.munro", "percent"): ("E19", "40", 39),
    ("table_4", "interagency_working.poor", "education.munro", "percent"): ("E15", "6", 5),
    ("table_7", "T7-P1", "agree", "percent"): ("E11", "43 (76%)", 75),
}


def test_the_paper_prints_648_numbers_of_2012_of_which_66_are_totals() -> None:
    totals = [figure for figure in of_2012() if "total" in (figure[1], figure[2])]
    assert (len(of_2012()), len(totals), len(list(filter(by_construction, of_2012())))) == (648, 66, 64)


def test_573_figures_equal_the_printed_ones_and_11_differ() -> None:
    found = ours()
    compared = {figure: value for figure, value in of_2012().items() if not by_construction(figure)}
    equal = {figure for figure, value in compared.items() if found[figure] == value}
    assert (len(compared), len(equal), compared.keys() - equal) == (584, 573, set(ERRATA))


def test_every_differing_cell_names_its_own_erratum_and_the_printed_figure() -> None:
    differing = {
        (table.id, row.id, column.id, cell.printed.measure): (
            cell.printed.erratum,
            cell.printed.value,
            cell.value(cell.printed.measure),
        )
        for table in tables()
        for row, column, cell in table.differing
        if cell.printed is not None
    }
    assert differing == ERRATA


def test_totals_equal_the_printed_ones() -> None:
    found = ours()
    wrong = {figure for figure, value in of_2012().items() if by_construction(figure) and found[figure] != value}
    assert wrong == set()


def test_all_144_figures_of_2010_equal_the_printed_ones_and_are_marked_as_a_break() -> None:
    theirs = {figure: value for figure, value in printed().items() if figure[2].endswith(".laming")}
    rows = by_place()
    found = {figure: (rows[figure].value, rows[figure].base, rows[figure].marker) for figure in theirs}
    assert len(theirs) == 144
    assert found == {figure: (value, 46, "[b]") for figure, value in theirs.items()}


def test_figures_the_paper_does_not_print_for_2010_are_not_applicable() -> None:
    dashes = {
        (row["table"], row["row"], row["column"], row["measure"])
        for row in lines("published_tables.csv")
        if not row["value_number"] and row["column"].endswith(".laming")
    }
    rows = by_place()
    assert len(dashes) == 24
    assert {(rows[figure].value, rows[figure].marker) for figure in dashes} == {(None, "[z]")}


def test_tidy_rows_keep_the_ids_and_the_order_of_the_published_tables() -> None:
    published = [(row["table"], row["row"], row["column"], row["measure"]) for row in lines("published_tables.csv")]
    shown = set(published)
    ordered = [figure for figure in ours() if figure in shown]
    assert ordered == published


def test_tables_carry_the_notes_their_figures_call_for() -> None:
    notes = {table.id: " ".join(table.notes) for table in tables()}
    assert {erratum for erratum in ("E01", "E02") if f"({erratum})" in notes["table_1"]} == {"E01", "E02"}
    assert {erratum for erratum in ("E12", "E13") if f"({erratum})" in notes["table_3"]} == {"E12", "E13"}
    assert "(E08)" in notes["table_8"]
    titles = {table.id: table.caveat for table in tables()}
    assert [table for table, text in titles.items() if "not a trend" in text] == ["table_3", "table_4"]
    rounding = "Percentages may not sum to 100 because of rounding."
    assert [table for table, text in notes.items() if rounding in text] == [
        *("table_3", "table_4", "table_7", "table_8", "table_9", "table_10"),
    ]


def test_every_table_says_its_base() -> None:
    assert {table.base_note for table in tables()} == {
        "All returns (N = 57); rates are of the 152 eligible authorities and of the 148 eligible boards.",
        "All returns (N = 57). LGA survey, 2010: N = 46.",
        "All returns (N = 57).",
    }
