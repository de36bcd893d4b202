"""Whether those that answered are like all stands on every table of answers, in words, and goes with every copy."""

from dataclasses import replace

import pytest
from scipy.stats import chi2_contingency

from analysis.core.evenness import evenness_line
from analysis.core.table_record import read, written
from analysis.exploring.files import lines_of
from analysis.outputs.json_stat import json_stat
from analysis.outputs.one_table_csv import one_table_csv
from analysis.outputs.tables_html import render_table
from analysis.outputs.tidy_csv import tidy_csv
from analysis.outputs.tidy_json import tidy_json
from tests.analysis.outputs.examples import statements

pytestmark = pytest.mark.pure

BY_TYPE = {"returned": {"m": 12, "u": 20, "l": 14, "c": 11}, "all": {"m": 36, "u": 53, "l": 33, "c": 26}}
BY_REGION = {"returned": {"n": 30, "s": 10, "e": 17}, "all": {"n": 50, "s": 60, "e": 38}}
LINE = (
    "The boards that answered differ from all boards by region, but by authority type no more than chance would have "
    "it. No interval allows for that."
)


def line_of(**strata: dict[str, dict[str, int]]) -> str:
    returned, everyone = ({name: each[key] for name, each in strata.items()} for key in ("returned", "all"))
    return evenness_line(returned, boards=everyone, unit="boards")


def test_it_names_by_what_they_differ_and_by_what_they_do_not() -> None:
    for found, differs in ((BY_TYPE, False), (BY_REGION, True)):
        silent = [found["all"][level] - number for level, number in found["returned"].items()]
        p = chi2_contingency([list(found["returned"].values()), silent], correction=False).pvalue
        assert bool(p < 0.05) == differs

    assert line_of(authority_type=BY_TYPE, region=BY_REGION) == LINE
    assert line_of(region=BY_REGION) == (
        "The boards that answered differ from all boards by region. No interval allows for that."
    )
    assert line_of(authority_type=BY_TYPE, region=BY_TYPE) == (
        "The boards that answered differ from all boards by authority type or by region no more than chance would "
        "have it."
    )


def test_where_nobody_or_everybody_answered_there_is_nothing_to_say() -> None:
    everyone = {"n": 50, "s": 60}
    assert not line_of(region={"returned": everyone, "all": everyone})
    assert not line_of(region={"returned": {}, "all": everyone})
    assert not evenness_line({"region": {}}, boards={"region": {}}, unit="boards")


def test_returns_that_name_no_level_are_left_out() -> None:
    loose = BY_REGION | {"returned": {**BY_REGION["returned"], "": 40}}
    assert line_of(region=loose) == line_of(region=BY_REGION)


def test_a_level_with_more_returns_than_boards_is_left_out() -> None:
    """Returns that were imported may name a region and no board."""
    one_more = {key: {**BY_REGION[key], "w": count} for key, count in (("returned", 9), ("all", 8))}
    assert line_of(region=one_more) == line_of(region=BY_REGION)
    assert not line_of(region={"returned": {"w": 9}, "all": {"w": 8}})


def test_it_goes_with_every_copy_of_a_table() -> None:
    table = replace(statements(), evenness=LINE)

    assert read(written(table)) == table
    assert f"<p>{LINE}</p>" in render_table(table)
    assert all(LINE in line for line in tidy_csv([table]).splitlines()[1:])
    assert all(LINE in line for line in one_table_csv(table).decode().splitlines()[1:])
    assert all(LINE in str(line[-1]) for line in lines_of(table, item="x"))
    assert LINE in json_stat([table])
    assert LINE in tidy_json([table])
