"""The worked examples that belong to disclosure control and to the wording of claims."""

from itertools import product

import pytest

from analysis.core.count_systems import CountSystem, Range, Sum
from analysis.core.disclosure import difference_is_safe, is_dominated, must_hide_row, primary_cells
from analysis.core.suppression import hidden_ranges, secondary_cells, weak_cells
from analysis.core.wording import is_borne_out
from tests.golden.published import example

pytestmark = pytest.mark.pure


def with_margins(rows: list[list[int]]) -> tuple[CountSystem, dict[str, int]]:
    """A table with every row and column total published, and its inner cells."""
    inner = {f"r{i}c{j}": count for i, row in enumerate(rows, 1) for j, count in enumerate(row, 1)}
    totals = {f"r{i}": sum(row) for i, row in enumerate(rows, 1)}
    totals |= {f"c{j}": sum(column) for j, column in enumerate(zip(*rows, strict=True), 1)}
    high, wide = range(1, len(rows) + 1), range(1, len(rows[0]) + 1)
    sums = [Sum(f"r{i}", tuple(f"r{i}c{j}" for j in wide)) for i in high]
    sums += [Sum(f"c{j}", tuple(f"r{i}c{j}" for i in high)) for j in wide]
    return CountSystem(inner | totals, tuple(sums)), inner


def consistent_tables(release: CountSystem, hidden: list[str]) -> list[dict[str, int]]:
    """Every way to fill the hidden cells that agrees with all sums, by trying them all."""
    most = max(release.counts.values())
    found = []
    for values in product(range(most + 1), repeat=len(hidden)):
        filled = {**release.counts, **dict(zip(hidden, values, strict=True))}
        if all(filled[each.total] == sum(filled[part] for part in each.parts) for each in release.sums):
            found.append(filled)
    return found


def test_w40_primary_and_secondary_suppression() -> None:
    given, expected = example("W40")
    release, inner = with_margins(given["counts"])

    primary = primary_cells(inner)
    attack = hidden_ranges(release, hidden=primary)
    secondary = secondary_cells(release, primary=primary, candidates=inner)
    hidden = primary | secondary
    final = hidden_ranges(release, hidden=hidden)

    assert sorted(primary) == expected["primary"]
    assert {name: each.low for name, each in attack.items()} == expected["attack_on_primary_only"]["low"]
    assert {name: each.high for name, each in attack.items()} == expected["attack_on_primary_only"]["high"]
    assert sorted(secondary) == expected["secondary"]
    assert {name: each.low for name, each in final.items()} == expected["final_low"]
    assert {name: each.high for name, each in final.items()} == expected["final_high"]
    assert weak_cells(release, hidden=hidden, primary=primary) == {}
    assert len(consistent_tables(release, sorted(hidden))) == expected["feasible_tables"]


def test_w41_two_releases_must_not_differ_by_a_few_boards() -> None:
    given, expected = example("W41")
    bases = sum(given["interim"]), sum(given["final"])
    assert bases[1] - bases[0] == expected["difference_base"]
    assert difference_is_safe(bases[1], published=bases[0]) == expected["release_allowed"]
    assert difference_is_safe(bases[0], published=bases[0])


def test_w42_one_classification_is_the_sum_of_another() -> None:
    given, expected = example("W42")
    counts = {"London": given["type_london"], "Inner": given["region_inner"], "Outer": given["region_outer"]}
    release = CountSystem(counts, (Sum("London", ("Inner", "Outer")),))
    assert hidden_ranges(release, hidden={"Inner"}) == {"Inner": Range(3, 3)}
    assert must_hide_row([counts["Inner"]]) is not expected["publish_inner_breakdown"]


def test_w43_dominance() -> None:
    given, expected = example("W43")
    assert is_dominated(given["contributions"], p=10) == expected["unsafe_p10"]
    assert is_dominated(given["contributions"], p=15) == expected["unsafe_p15"]
    assert is_dominated([60, 25])


def test_w61_the_rest_of_england_reveals_london() -> None:
    given, expected = example("W61")
    england, outside = given["england"], given["outside_london"]
    counts = {f"{where}.{name}": each[name] for where, each in (("e", england), ("o", outside)) for name in england}
    counts |= {f"l.{name}": england[name] - outside[name] for name in england}
    sums = tuple(Sum(f"e.{name}", (f"o.{name}", f"l.{name}")) for name in england)
    ranges = hidden_ranges(CountSystem(counts, sums), hidden=[f"l.{name}" for name in england])
    assert {name.removeprefix("l."): each.low for name, each in ranges.items()} == expected["recovered"]
    assert all(each.low == each.high for each in ranges.values())
    assert difference_is_safe(sum(england.values()), published=sum(outside.values())) == expected["allowed"]


def test_w62_a_row_in_which_all_say_the_same() -> None:
    given, expected = example("W62")
    assert must_hide_row(given["counts"]) == expected["suppress_row"]
    assert must_hide_row([12, 0, 0])
    assert not must_hide_row([11, 1, 0])


def test_w11_words_for_a_share() -> None:
    given, _ = example("W11")
    assert not is_borne_out("over half", k=given["count"], n=given["base"])
    assert is_borne_out("about half", k=given["count"], n=given["base"])
    assert is_borne_out("the vast majority", k=52, n=57)
