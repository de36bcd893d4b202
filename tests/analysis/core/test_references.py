"""Reference figures: whole percentages only, and those that cannot be right are found."""

import pytest

from analysis.core.percent import percent
from analysis.core.references import UnreadableError, counts_behind, read_percents, read_printed
from tests.analysis.core.examples import FILES, small_plan

pytestmark = pytest.mark.pure

HEAD = "source_table,aspect,agency,rating,percent,n\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}t,a,b,good,12.5,46\n", "line 2: “12.5” is not a whole number"),
        (f"{HEAD}t,a,b,good,,46\n", "line 2: “” is not a whole number"),
        (f"{HEAD}t,a,b,good,-1,46\n", "line 2: “-1” is not a whole number"),
        (f"{HEAD}t,a,b,good,12,46\nt,a,b,good,13,46\n", "line 3: the figure for t, a, b, good is given twice"),
        (f"{HEAD}t,a,b,good,12,45\n", "line 2: its base is 45, not the 46 of the plan"),
        ("source_table,aspect\nt,a\n", "line 1: there is no column agency, rating, percent, n"),
    ],
)
def test_read_percents_says_which_line_is_wrong(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_percents(text, base=46)
    assert str(refusal.value) == message


def test_read_printed_keeps_a_dash_as_text_without_a_value() -> None:
    figures = read_printed(FILES["printed.csv"])
    assert (
        figures["t3", "total", "percentage", "percent"].text,
        figures["t3", "agree", "frequency", "count"].value,
    ) == (*("-", 3),)
    assert figures["t3", "total", "percentage", "percent"].value is None


def test_counts_behind_a_percentage_are_every_count_that_rounds_to_it() -> None:
    assert [*counts_behind(43, base=46)] == [20]
    assert [*counts_behind(83, base=57)] == []
    assert [*counts_behind(50, base=200)] == [99, 100]
    assert len(counts_behind(50, base=10_000_000)) == 100_000  # reckoned, not tried one by one


@pytest.mark.parametrize("base", [1, 2, 7, 46, 57, 99, 100, 101, 148, 200, 250, 399])
def test_counts_behind_are_those_that_trying_every_count_finds(base: int) -> None:
    by_percent: dict[int, list[int]] = {}
    for number in range(base + 1):
        by_percent.setdefault(percent(number, base), []).append(number)
    assert {value: [*counts_behind(value, base=base)] for value in range(101)} == {
        value: by_percent.get(value, []) for value in range(101)
    }


def test_plan_advises_of_columns_that_rounding_cannot_explain() -> None:
    within = FILES["before.csv"].replace("good,63", "good,64")
    beyond = FILES["before.csv"].replace("good,63", "good,65")
    assert small_plan(**{"before.csv": within}).advice == ()
    assert small_plan(**{"before.csv": beyond}).advice == (
        "t2, understanding, health: the percentages of before add to 103.",
    )
