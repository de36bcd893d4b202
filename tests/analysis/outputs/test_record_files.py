"""Records as files, read back by other programs than the one that wrote them where there are any."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import csvw as standard
import pandas as pd
import polars as pl
import pyreadstat
import pytest

from analysis.core.cube import STRATA
from analysis.core.deposit.columns import columns_of, names_for
from analysis.core.deposit.described import Described
from analysis.core.deposit.records import records_of
from analysis.core.release.groups import Group
from analysis.outputs.record_files import csv_of, csvw_of, dta_of, parquet_of, sav_of
from survey.schema.document import load

pytestmark = pytest.mark.pure

ASKED = """
questionnaire: little
title: A little survey
scales:
  - code: agree
    options:
      - {value: 1, code: agree, label: Agree}
      - {value: 2, code: neither, label: Neither}
      - {value: 3, code: disagree, label: Disagree}
      - {code: dont_know, label: Cannot say, kind: dont_know}
sections:
  - code: A
    title: All of it
    questions:
      - {code: A1, kind: single_choice, wording: Is it good?, scale: agree}
      - code: A2
        kind: multiple_choice
        wording: What helps?
        options:
          - {value: 1, code: time, label: Time}
          - {value: 2, code: money, label: "Money, that is £s"}
      - {code: A3, kind: number, wording: How many days?}
      - {code: A4, kind: date, wording: Since when?}
      - {code: A5, kind: open_text, wording: Anything else?}
"""
GROUPS = (Group("region", "North", ("North East", "North West")), Group("region", "South", ("London", "")))


def described() -> Described:
    questionnaire = load(ASKED)
    columns = columns_of(questionnaire, groups=GROUPS)
    frame = pl.DataFrame(
        {
            "authority_type": ["County", "County", "Unitary"],
            "region": ["North West", "", "London"],
            "A1": pl.Series([1, -8, None], dtype=pl.Int8),
            "A2:time": pl.Series([1, -9, 0], dtype=pl.Int8),
            "A2:money": pl.Series([0, -9, 1], dtype=pl.Int8),
            "A3": pl.Series(["2.5", None, "10"]).cast(pl.Decimal(21, 6)),
            "A3:gap": pl.Series([0, -6, 0], dtype=pl.Int8),
            "A4": [date(2009, 3, 31), None, date(2011, 12, 1)],
            "A4:gap": pl.Series([0, -9, 0], dtype=pl.Int8),
        }
    )
    made = datetime(2012, 5, 4, 9, 30, tzinfo=UTC)
    return Described("A little survey", records_of(frame, columns=columns), columns, made, ("One record a return.",))


COLUMNS = ["case", "region_group", "A1", "A2_time", "A2_money", "A3", "A3_gap", "A4", "A4_gap"]
CODES = {"region_group": [1, 2, 2], "A1": [1, -8, -9], "A2_time": [1, -9, 0], "A3_gap": [0, -6, 0], "case": [1, 2, 3]}


def saved(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_records_hold_groups_and_codes_and_nothing_that_names_a_board() -> None:
    records = described().records

    assert records.columns == COLUMNS
    assert not set(STRATA) & set(records.columns)
    assert {name: records[name].to_list() for name in CODES} == CODES
    assert records["A4"].to_list() == [2009, None, 2011]


def test_spss_reads_labels_measures_and_one_range_of_missing_values(tmp_path: Path) -> None:
    path = saved(tmp_path, "records.sav", sav_of(described()))
    frame, about = pyreadstat.read_sav(path, user_missing=True)
    without, _ = pyreadstat.read_sav(path)

    assert list(frame.columns) == COLUMNS
    assert {name: frame[name].tolist() for name in CODES} == CODES
    assert without["A1"].isna().tolist() == [False, True, True]
    coded = {"A1", "A2_time", "A2_money", "A3_gap", "A4_gap"}
    assert about.missing_ranges == {name: [{"lo": -9, "hi": -6}] for name in coded}
    assert about.variable_value_labels["A1"] == {
        1: "Agree", 2: "Neither", 3: "Disagree",
        -9: "Not answered", -8: "Cannot say", -7: "Not asked", -6: "Does not want to answer",
    }  # fmt: skip
    assert about.variable_value_labels["region_group"] == {1: "North", 2: "South"}
    assert about.column_names_to_labels["A2_money"] == "A2:money Money, that is £s: What helps?"
    assert {name: about.variable_measure[name] for name in ("case", "A1", "A2_time", "A3")} == {
        "case": "nominal", "A1": "ordinal", "A2_time": "nominal", "A3": "scale",
    }  # fmt: skip
    assert (about.file_label, about.notes) == ("A little survey", ["One record a return."])
    assert about.creation_time == datetime(2012, 5, 4, 9, 30)  # noqa: DTZ001 -- the file knows no time zone


def test_stata_reads_labels_by_pandas(tmp_path: Path) -> None:
    content = dta_of(described())
    frame = pd.read_stata(io.BytesIO(content), convert_categoricals=False)
    with pd.read_stata(io.BytesIO(content), iterator=True) as reader:
        labels, named = reader.value_labels(), reader.variable_labels()

    assert list(frame.columns) == COLUMNS
    assert {name: frame[name].tolist() for name in CODES} == CODES
    assert [year for year in frame["A4"].tolist() if year == year] == [2009, 2011]  # noqa: PLR0124 -- not a number
    assert any({1: "Agree", -8: "Cannot say"}.items() <= each.items() for each in labels.values())
    assert named["A1"] == "A1 Is it good?"
    assert b"04 May 2012 09:30" in content


def test_parquet_and_csv_hold_the_same(tmp_path: Path) -> None:
    data = described()
    from_parquet = pl.read_parquet(io.BytesIO(parquet_of(data)))
    from_csv = pd.read_csv(io.BytesIO(csv_of(data)))
    about = pl.read_parquet_metadata(io.BytesIO(parquet_of(data)))

    assert from_parquet.equals(data.records)
    assert {name: from_csv[name].tolist() for name in CODES} == CODES
    assert json.loads(about["codebook"])[2]["codes"] == {"1": "Agree", "2": "Neither", "3": "Disagree"}


def test_csv_on_the_web_knows_what_is_no_answer(tmp_path: Path) -> None:
    saved(tmp_path, "records.csv", csv_of(described()))
    read = standard.CSVW(saved(tmp_path, "records.csv-metadata.json", csvw_of(described())), validate=True)
    lines = list(read.tables[0].iterdicts())

    assert read.is_valid
    assert [line["A1"] for line in lines] == [1, None, None]
    assert [line["A3"] for line in lines] == [2.5, None, 10]


@pytest.mark.parametrize("write", [sav_of, dta_of, parquet_of, csv_of, csvw_of])
def test_the_same_records_give_the_same_bytes(write: object) -> None:
    assert callable(write)
    assert write(described()) == write(described())


def test_names_suit_every_program_and_stay_apart() -> None:
    made = described().columns
    long = "A" * 40

    assert [column.code for column in made if column.name != column.code] == ["A2:time", "A2:money", "A3:gap", "A4:gap"]
    assert list(names_for(["A.1", "A:1", "a_1", "1st", long, f"{long}B"])) == [
        "A_1", "A_1_2", "a_1_3", "v1st", "A" * 32, f"{'A' * 30}_2",
    ]  # fmt: skip
