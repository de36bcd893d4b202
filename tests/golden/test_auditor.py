"""The auditor finds every computable erratum of the paper from its printed figures alone, and none in a clean copy."""

from collections import Counter
from dataclasses import replace

import pytest

from analysis.core.audit_published import audit_published
from analysis.core.auditor import (
    Discrepancy,
    PrintedCell,
    PrintedClaim,
    PrintedDistribution,
    PrintedRate,
    audit_claims,
    audit_distribution,
    audit_heading,
    audit_rates,
    audit_rows,
    audit_unattributed,
)
from analysis.core.percent import percent
from tests.golden.published import lines, plan, population

pytestmark = pytest.mark.pure

RETURNS, EARLIER_RETURNS = 57, 46
STRATUM = {"table_1": "authority_type", "table_2": "region"}
LEVELS = {
    "london_boroughs": "London borough",
    "yorkshire_and_humberside": "Yorkshire and the Humber",
}
HEADINGS = {
    "table_1": "Response rate by geographical location (%)",
    "table_2": "Response rate by geographical location (%)",
}
CLASSIFICATIONS = {
    "geographical location": ("north_east", "south_west", "inner_london"),
    "local authority type": ("metropolitan", "unitary", "county"),
}
# What the narrative says of counts in the tables: E20 to E24, and some claims that are right.
CLAIMS = (
    PrintedClaim("EH-1", 44, RETURNS, 78),
    PrintedClaim("EH-2", 23, RETURNS, 41),
    PrintedClaim("EH-7", 23, RETURNS, 41),
    PrintedClaim("EH-8", 14, RETURNS, 24),
    PrintedClaim("GOV-3", 28, RETURNS, "over half"),
    PrintedClaim("INT-2", 57, 148, 39),
    PrintedClaim("the majority", 29, RETURNS, "most"),
)
# Kind of discrepancy: the errata of that kind, by number in the list of errata.
EXPECTED = {
    "header": ["E01"],
    "response_rate": ["E03", "E04", "E05"],
    "not_specified": ["E06"],
    "population": ["E07"],
    "duplicate_row": ["E08"],
    "share_of_returns": ["E09"],
    "column_total": ["E10"],
    "cell_percent": ["E11"],
    "impossible_percent": ["E12", "E13", "E14", "E15"],
    "column_overflow": ["E16", "E17", "E18", "E19"],
    "narrative": ["E20", "E21", "E22", "E23", "E24"],
}


METROPOLITAN = (
    "metropolitan: 15 returns are 42% of 36 boards, 42% of 36 authorities; only a base of 42 gives the printed 36%."
)


def printed() -> dict[str, dict[tuple[str, str], dict[str, int]]]:
    """Every printed number by table, place and measure."""
    found: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    for line in lines("published_tables.csv"):
        if line["value_number"]:
            cells = found.setdefault(line["table"], {})
            cells.setdefault((line["row"], line["column"]), {})[line["measure"]] = int(line["value_number"])
    return found


def shares_of_returns(table: str) -> PrintedDistribution:
    cells = printed()[table]
    rows = [row for row, column in cells if column == "returns" and row != "total"]
    parts = [
        PrintedCell(row, cells[row, "returns"]["count"], cells[row, "share_of_returns"]["percent"]) for row in rows
    ]
    return PrintedDistribution(table, "share of returns", RETURNS, tuple(parts), are_shares=True)


def rates(table: str) -> list[PrintedRate]:
    cells = printed()[table]
    eligible = {"boards": population().boards[STRATUM[table]], "authorities": population().authorities[STRATUM[table]]}
    known = {level.casefold().replace(" ", "_"): level for level in eligible["boards"]} | LEVELS
    return [
        PrintedRate(
            table=table,
            name=row,
            returns=cells[row, "returns"]["count"],
            percent=figures["percent"],
            eligible={name: levels[known[row]] for name, levels in eligible.items()},
        )
        for (row, column), figures in cells.items()
        if column == "response_rate"
    ]


def frequencies(table: str) -> list[PrintedDistribution]:
    """Tables 5 and 6: one item, options down the page."""
    cells = printed()[table]
    rows = [row for row, column in cells if column == "frequency" and row != "total"]
    parts = [PrintedCell(row, cells[row, "frequency"]["count"], cells[row, "percentage"]["percent"]) for row in rows]
    return [PrintedDistribution(table, table, RETURNS, tuple(parts))]


def statements(table: str) -> list[PrintedDistribution]:
    """Tables 7 to 10: one item a row, options across."""
    cells = printed()[table]
    rows = dict.fromkeys(row for row, _ in cells)
    return [
        PrintedDistribution(
            table,
            name,
            RETURNS,
            tuple(
                PrintedCell(column, figures["count"], figures["percent"])
                for (row, column), figures in cells.items()
                if row == name and column != "total"
            ),
        )
        for name in rows
    ]


def ratings(table: str) -> list[PrintedDistribution]:
    """Tables 3 and 4: percentages alone, options down the page within a panel."""
    columns: dict[tuple[str, str], list[PrintedCell]] = {}
    for (row, column), figures in printed()[table].items():
        panel, rating = row.split(".")
        columns.setdefault((panel, column), []).append(PrintedCell(rating, None, figures["percent"]))
    return [
        PrintedDistribution(
            table, f"{panel}, {column}", EARLIER_RETURNS if column.endswith("laming") else RETURNS, tuple(cells)
        )
        for (panel, column), cells in columns.items()
    ]


def distributions() -> list[PrintedDistribution]:
    found = [shares_of_returns(table) for table in STRATUM]
    found += [each for table in ("table_3", "table_4") for each in ratings(table)]
    found += [each for table in ("table_5", "table_6") for each in frequencies(table)]
    return found + [each for number in range(7, 11) for each in statements(f"table_{number}")]


def everything_wrong() -> list[Discrepancy]:
    found = [each for one in distributions() for each in audit_distribution(one)]
    for number in range(7, 11):
        found += audit_rows(statements(f"table_{number}"))
    for table in STRATUM:
        found += audit_rates(rates(table), stated="boards")
        rows = [rate.name for rate in rates(table)]
        found += audit_heading(table, heading=HEADINGS[table], rows=rows, classifications=CLASSIFICATIONS)
    unspecified = {table: printed()[table]["not_specified", "returns"]["count"] for table in STRATUM}
    return [*found, *audit_unattributed(unspecified), *audit_claims(CLAIMS)]


def test_every_computable_erratum_of_the_paper_is_found_and_nothing_else() -> None:
    assert Counter(each.kind for each in everything_wrong()) == {kind: len(ids) for kind, ids in EXPECTED.items()}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("response_rate", METROPOLITAN),
        ("share_of_returns", "outer_london: 5 of 57 is 9%, printed 6%."),
        ("column_total", "The shares add to 97; rounded from their counts they add to 100."),
        ("cell_percent", "agree: 43 of 57 is 75%, printed 76%."),
        ("impossible_percent", "good: no whole number of 46 is 32%."),
        ("column_overflow", "The percentages add to 110: the counts behind them are 62, 5 too many for a base of 57."),
        ("not_specified", "The same returns are not specified in different numbers: 6 in table_1 and 4 in table_2."),
        ("header", "The heading speaks of geographical location; the rows are by local authority type."),
        ("narrative", "28 of 57 (49%) is not “over half”."),
        ("narrative", "44 of 57 is 77%, the text says 78%."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(kind: str, sentence: str) -> None:
    assert sentence in [each.sentence for each in everything_wrong() if each.kind == kind]


def test_the_rates_by_region_turn_out_to_be_on_authorities() -> None:
    found = next(each for each in everything_wrong() if each.kind == "population")
    assert found.table == "table_2"
    assert "on 152 authorities, not on boards" in found.sentence


def test_a_clean_copy_has_nothing_wrong() -> None:
    def clean(one: PrintedDistribution) -> PrintedDistribution:
        return replace(
            one, cells=tuple(replace(cell, percent=percent(cell.count or 0, one.base)) for cell in one.cells)
        )

    with_counts = [clean(one) for one in distributions() if None not in one.counts]
    columns = [
        replace(one, cells=tuple(replace(cell, count=None) for cell in one.cells)) for one in with_counts
    ]  # fmt: skip
    rows = [one for one in with_counts if one.table == "table_10"]
    right = [replace(rate, percent=percent(rate.returns, rate.eligible["boards"])) for rate in rates("table_2")]
    found = [
        each for one in [*with_counts, *columns] for each in audit_distribution(one) if each.kind != "column_total"
    ]

    assert found == []
    assert audit_rows(rows) == ()
    assert audit_rates(right, stated="boards") == ()
    assert audit_unattributed({"table_1": 4, "table_2": 4}) == ()


def test_counts_that_do_not_fill_their_base_are_told() -> None:
    cells = (PrintedCell("yes", 4, 40), PrintedCell("no", 5, 50))
    found = audit_distribution(PrintedDistribution("table", "row", 10, cells))
    assert [each.kind for each in found] == ["row_sum"]
    assert found[0].sentence == "The counts add to 9, the base is 10."


def test_the_plan_s_own_references_are_audited_without_being_told_what_is_wrong() -> None:
    found = audit_published(plan(), population=population())

    told_elsewhere = {"header", "narrative"}  # a heading and sentences are no figures of the plan
    assert Counter(each.kind for each in found) == {
        kind: len(ids) for kind, ids in EXPECTED.items() if kind not in told_elsewhere
    }
    assert ("table_7", "Agree: 43 of 57 is 75%, printed 76%.") in [(each.table, each.sentence) for each in found]


def test_a_plan_without_references_has_nothing_to_audit() -> None:
    alone = replace(plan(), published=None, comparators={})
    assert audit_published(alone, population=population()) == ()
