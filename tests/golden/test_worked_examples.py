"""The worked examples that belong to response rates, bases, rounding, audits of percentages and charts."""

from dataclasses import replace

import pytest

from analysis.core.auditor import PrintedCell, PrintedDistribution, audit_rows
from analysis.core.charts import Bar, diverging_bars
from analysis.core.percent import percent
from analysis.core.references import counts_behind
from analysis.core.table import Cell, Table
from tests.golden.published import example, lines, tables

pytestmark = pytest.mark.pure

TABLES = {table.id: table for table in tables()}
ANSWERED = ("strongly_agree", "agree", "neither_agree_nor_disagree", "disagree", "strongly_disagree")


def counts(table: Table, row: str) -> list[int | None]:
    return [table.cell(row, column.id).count for column in table.columns if column.id != "total"]


def test_w01_w03_response_rate_on_boards() -> None:
    given, expected = example("W01")
    merged, after = example("W03")
    cell = TABLES["table_1"].cell("total", "response_rate_boards")
    assert cell == Cell(count=given["returned"], base=given["eligible"], percent=expected["pct"])
    assert percent(merged["returned"], merged["listed"] - merged["merged_away"]) == after["pct"]


def test_w02_both_response_rates_are_on_the_same_base() -> None:
    given, expected = example("W02")
    eligible = sum(given.values())
    assert (percent(given["I"], eligible), percent(given["I"] + given["P"], eligible)) == (
        *(expected["RR1_pct"], expected["RR2_pct"]),
    )


def test_w04_rates_by_type_on_the_frame_differ_from_those_that_cannot_be() -> None:
    given, expected = example("W04")
    bases = {
        name: [base for base in range(1, 149) if percent(row["returns"], base) == row["printed_pct"]]
        for name, row in given.items()
    }
    assert bases == expected["denominators"]
    rows = ("london_boroughs", "metropolitan", "unitary", "county")
    assert [TABLES["table_1"].cell(row, "response_rate_boards").percent for row in rows] == [25, 42, 36, 33]


def test_w05_shares_of_returns_by_region() -> None:
    given, expected = example("W05")
    rows = [row.id for row in TABLES["table_2"].rows if not row.total]
    cells = [TABLES["table_2"].cell(row, "share_of_returns") for row in rows]
    assert [cell.count for cell in cells] == given["returns"]
    assert [cell.percent for cell in cells] == expected["recomputed"]
    differing = [place for place, cell in enumerate(cells) if cell.printed is not None]
    assert (differing, sum(given["printed"])) == (expected["mismatch_index"], expected["printed_sum"])


def test_w06_rates_by_region_are_on_authorities() -> None:
    given, expected = example("W06")
    rows = dict(
        zip(
            ("NE", "NW", "YH", "EM", "WM", "EE", "IL", "OL", "SE", "SW"),
            (row.id for row in TABLES["table_2"].rows),
            strict=False,
        )
    )
    for name, row in given.items():
        cell = TABLES["table_2"].cell(rows[name], "response_rate")
        assert (cell.count, cell.percent) == (row["returns"], row["printed_pct"])
        assert cell.base in expected["denominators"][name]


def test_w07_w08_combined_categories_are_summed_before_rounding() -> None:
    given, expected = example("W07")
    assert counts(TABLES["table_8"], "T8-1") == [*given["counts"], given["not_specified"]]
    top = sum(given["counts"][:2])
    assert (top, percent(top, 57), percent(top, 55)) == (
        *(expected["top2_count"], expected["pct_base_all"], expected["pct_base_answered"]),
    )
    given, expected = example("W08")
    both = sum(given["agree_counts"])
    assert counts(TABLES["table_8"], "T8-2")[:2] == given["agree_counts"]
    assert [percent(both, base) for base in (57, 56, 55)] == [expected[f"base{base}"] for base in (57, 56, 55)]


def test_w09_ties_round_up() -> None:
    given, expected = example("W09")
    assert [percent(k, n) for k, n in given["pairs"]] == expected["round_half_up"]


def test_w10_rows_need_not_sum_to_100() -> None:
    given, expected = example("W10")
    assert [sum(percent(k, given["base"]) for k in row) for row in given["rows"]] == expected["sums"]
    shown = [counts(TABLES["table_8"], row.id) for row in TABLES["table_8"].rows]
    assert all(row in shown for row in given["rows"][:2])


def test_w11_half_is_not_reached() -> None:
    given, expected = example("W11")
    cells = [TABLES["table_10"].cell("T10-3", column) for column in ("very_important", "important")]
    together = sum(cell.count or 0 for cell in cells)
    assert (together, percent(together, given["base"])) == (given["count"], expected["pct"])


def test_w35_a_percentage_gives_back_its_count_or_none() -> None:
    given, expected = example("W35")
    found = [tuple(counts_behind(value, base=base)) for value, base in given["cases"]]
    assert found == [() if number is None else (number,) for number in expected["counts"]]


def test_w46_shares_of_codes_on_two_bases() -> None:
    given, expected = example("W46")
    codes = given["codes"].values()
    assert [percent(k, given["boards_answering_yes"]) for k in codes] == expected["pct_of_34"]
    assert [percent(k, given["all_returns"]) for k in codes] == expected["pct_of_57"]


def test_w47_diverging_bar() -> None:
    given, expected = example("W47")
    assert counts(TABLES["table_8"], "T8-1")[:5] == given["counts_SA_A_N_D_SD"]
    bar = next(bar for bar in diverging_bars(TABLES["table_8"]).bars if bar.id == "T8-1")
    assert [segment.id for segment in bar.segments] == list(ANSWERED[::-1])
    assert [segment.start for segment in bar.segments] == pytest.approx(expected["starts"], abs=1e-4)
    assert [segment.width for segment in bar.segments] == pytest.approx(expected["widths"], abs=1e-4)
    assert (bar.left, bar.right) == pytest.approx((expected["left"], expected["right"]), abs=1e-4)
    assert [(id_, cell.count) for id_, _, cell in bar.apart] == [("not_specified", given["not_specified"])]
    assert bar.base == 55


def test_diverging_bars_of_table_8_are_in_order_of_net_agreement() -> None:
    def net(bar: Bar) -> int:
        strongly_agree, agree, _, disagree, strongly_disagree = (one.count for one in bar.segments[::-1])
        return strongly_agree + agree - disagree - strongly_disagree

    bars = diverging_bars(TABLES["table_8"]).bars
    shares = [net(bar) / bar.base for bar in bars]
    assert shares == sorted(shares, reverse=True)
    assert [bar.id for bar in bars] == [
        *("T8-2", "T8-3", "T8-7", "T8-8", "T8-10", "T8-1", "T8-5", "T8-6", "T8-4", "T8-9"),
    ]


def test_w50_two_rows_that_are_the_same_throughout() -> None:
    given, expected = example("W50")
    rows = [
        PrintedDistribution("table_8", name, sum(counts_), tuple(PrintedCell(str(k), k, 0) for k in counts_))
        for name, counts_ in given.items()
    ]
    assert bool(audit_rows(rows)) is expected["duplicate"]
    changed = replace(rows[1], cells=(PrintedCell("7", 8, 0), *rows[1].cells[1:]))
    assert audit_rows([rows[0], changed]) == ()


def test_w51_item_response_rate() -> None:
    given, expected = example("W51")
    answered = sum(number or 0 for number in counts(TABLES["table_10"], "T10-5")[:-1])
    assert (answered, percent(answered, given["eligible_returns"])) == (given["answered"], expected["pct"])


def test_w57_both_bases_of_an_item_that_offers_dont_know() -> None:
    given, expected = example("W57")
    rows = [f"quality_of_referral_information.{rating}" for rating in ("good", "reasonable", "poor", "dont_know")]
    ours = [TABLES["table_3"].cell(row, "health.munro") for row in rows]
    theirs = [TABLES["table_3"].cell(row, "health.laming") for row in rows]
    assert [cell.count for cell in ours] == given["counts_2012"]
    assert (ours[0].percent, ours[3].percent) == (expected["good_all_2012"], expected["dk_2012"])
    assert percent(given["counts_2012"][0], sum(given["counts_2012"][:3])) == expected["good_excl_dk_2012"]
    assert (theirs[0].percent, theirs[3].percent) == (expected["good_all_2010"], expected["dk_2010"])


def test_w63_the_first_row_of_table_7() -> None:
    given, expected = example("W63")
    cells = [TABLES["table_7"].cell("T7-P1", column) for column in (*ANSWERED, "not_specified")]
    assert [cell.count for cell in cells] == given["counts"]
    assert [cell.percent for cell in cells] == expected["recomputed"]
    assert [place for place, cell in enumerate(cells) if cell.printed is not None] == expected["mismatch_index"]


def test_w64_columns_of_tables_3_and_4_that_no_whole_counts_give() -> None:
    given, expected = example("W64")
    panels = {
        "understanding_of_referral_process": "referral",
        "understanding_of_thresholds": "threshold",
        "quality_of_referral_information": "quality",
        "willingness_to_share_information": "willing",
        "trust": "trust",
        "interagency_working": "interagency",
    }
    agencies = {"youth_services": "Youth", "third_sector": "Third", "childrens_social_care": "CSC"}
    years = {"laming": "2010", "munro": "2012"}
    printed = published_columns()
    impossible = {
        f"{panels[panel]}/{agencies.get(agency, agency.title())}/{years[survey]}"
        for (panel, agency, survey), values in printed.items()
        if not reachable(values, base=given["bases"][years[survey]])
    }
    assert (len(printed), impossible) == (given["columns_checked"], set(expected["impossible"]))


def published_columns() -> dict[tuple[str, str, str], list[int]]:
    """Return the printed percentages of each column of each panel of tables 3 and 4."""
    columns: dict[tuple[str, str, str], list[int]] = {}
    for row in lines("published_tables.csv"):
        if row["table"] in ("table_3", "table_4") and row["value_number"]:
            agency, _, survey = row["column"].partition(".")
            key = (row["row"].partition(".")[0], agency, survey)
            columns.setdefault(key, []).append(int(row["value_number"]))
    return columns


def reachable(values: list[int], *, base: int) -> bool:
    """Whether whole counts that add to the base round to these percentages (each has at most one count)."""
    behind = [counts_behind(value, base=base) for value in values]
    return all(behind) and sum(found[0] for found in behind) == base
