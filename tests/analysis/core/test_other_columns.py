"""Published columns before the auditor, and the items that they are matched to."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from analysis.core.beside import OtherFigure
from analysis.core.other_columns import PublishedColumn, PublishedLine, columns_of, counts_printed_as, verdict_on
from analysis.core.other_matching import match, plain, targets_of
from tests.golden.published import plan

pytestmark = pytest.mark.pure

QUALITY = ("Good", "Reasonable", "Poor", "Don’t know")


def column(percents: tuple[int, ...], *, base: int = 46, row: str = "B1.health", table: str = "") -> PublishedColumn:
    lines = tuple(
        PublishedLine(number, table, row, option, percent, None, base)
        for number, (option, percent) in enumerate(zip(QUALITY, percents, strict=False), start=2)
    )
    (found,) = columns_of(lines)
    return found


def test_counts_are_recovered_where_only_one_gives_the_percentage() -> None:
    found = verdict_on(column((59, 28, 2, 11)), is_whole=True)
    assert found.counts == "Good 27, Reasonable 13, Poor 1, Don’t know 5; of 46"
    assert found.wrong == ()


@pytest.mark.parametrize("base", [1, 46, 57, 148, 999])
@pytest.mark.parametrize("decimals", [1, 2])
def test_decimals_tell_the_count_behind_a_percentage(base: int, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    for count in range(base + 1):
        printed = str((Decimal(100 * count) / base).quantize(unit, ROUND_HALF_UP))
        assert list(counts_printed_as(printed, base=base)) == [count]
    impossible = PublishedLine(2, "", "B1.health", "Good", 40, None, 57, printed="40.2")
    (column_of_one,) = columns_of([impossible])
    assert verdict_on(column_of_one, is_whole=False).wrong == ("Good: no whole number of 57 is 40.2%.",)
    assert PublishedLine(2, "", "", "Good", 40, None, 57, printed="40.4").figure == OtherFigure(40, 57, 23)


@pytest.mark.parametrize(
    ("percents", "is_whole", "wrong"),
    [
        ((32, 28, 20, 20), True, ("Good: no whole number of 46 is 32%.",)),
        (
            (11, 57, 27, 11),
            True,
            (
                "Poor: no whole number of 46 is 27%.",
                "The percentages add to 106: more than rounding explains.",
            ),
        ),
        (
            (59, 59, 2, 11),
            True,
            ("The percentages add to 131: the counts behind them are 60, 14 too many for a base of 46.",),
        ),
        (
            (59, 28),
            True,
            ("The percentages add to 87: the counts behind them are 40, 6 too few for a base of 46.",),
        ),
        ((59, 28), False, ()),
    ],
)
def test_what_cannot_be_right_is_named(percents: tuple[int, ...], is_whole: bool, wrong: tuple[str, ...]) -> None:
    assert verdict_on(column(percents), is_whole=is_whole).wrong == wrong


def test_on_a_large_base_a_count_is_not_certain() -> None:
    assert verdict_on(column((59,), base=300), is_whole=False).counts == "Good not certain; of 300"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("", "b1.HEALTH"),
        ("", "Understanding of referral process: Health"),
        ("Understanding of referral process", "Health"),
        (
            "",
            "How would you rate each agency’s understanding of the referral process to children’s social care? Health",
        ),
    ],
)
def test_an_item_is_known_by_its_code_or_its_wording(table: str, row: str) -> None:
    found = match(column((59,), row=row, table=table), scale=QUALITY, targets=targets_of(plan()))
    assert [(each.table, each.code) for each in found.targets] == [("table_3", "B1.health")]
    assert found.places["Good"] == [("table_3", "understanding_of_referral_process.good", "health.munro")]


@pytest.mark.parametrize(
    ("row", "scale", "why"),
    [
        ("Health", QUALITY, "“Health” may mean B1.health, B2.health"),
        ("B1.heatlh", QUALITY, "Did you mean B1.health?"),
        ("Weather", QUALITY, "Write the item’s code in the column row."),
        ("B1.health", ("Good", "Poor"), "the other survey asked on the scale Good, Poor."),
        ("B1.health", ("Poor", "Reasonable", "Good"), "Figures on different scales do not stand side by side."),
        ("C1", QUALITY, "Table 5 shows C1 on the scale Strongly agree, Agree,"),
    ],
)
def test_what_has_no_place_is_named_with_the_reason(row: str, scale: tuple[str, ...], why: str) -> None:
    found = match(column((59,), row=row), scale=scale, targets=targets_of(plan()))
    assert found.targets == ()
    assert why in found.why_not


def test_whether_dont_know_was_offered_may_differ() -> None:
    assert match(column((59,)), scale=QUALITY[:3], targets=targets_of(plan())).targets


def test_wordings_are_the_same_whatever_their_case_signs_and_spaces() -> None:
    assert plain("  Children’s  social-care: ") == plain("children's social-care")
