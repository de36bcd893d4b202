"""CSV on the Web, read by a package that knows nothing of ours: types, no value, keys, licence."""

import json
from dataclasses import replace
from pathlib import Path

import csvw as standard
import pytest

from analysis.core.table import Table
from analysis.core.tidy import tidy_rows
from analysis.outputs.csvw import csvw_of_tables
from analysis.outputs.tidy_csv import tidy_csv
from tests.analysis.outputs.examples import frequency, ratings, statements

pytestmark = pytest.mark.pure

TABLES = (frequency(), statements(), ratings())


def written(folder: Path, *, csv: str | None = None, tables: tuple[Table, ...] = TABLES) -> standard.CSVW:
    (folder / "tables.csv").write_text(tidy_csv(tables) if csv is None else csv, encoding="utf-8")
    about = folder / "tables.csv-metadata.json"
    about.write_text(csvw_of_tables(tables), encoding="utf-8")
    return standard.CSVW(str(about), validate=True)


def is_accepted(folder: Path, *, csv: str) -> bool:
    """A line that is there twice is an error to the package, anything else that is wrong a verdict."""
    try:
        return bool(written(folder, csv=csv).is_valid)
    except ValueError:
        return False


def test_the_figures_come_back_with_their_types(tmp_path: Path) -> None:
    read = written(tmp_path)

    assert read.is_valid
    assert [
        (line["table"], line["row"], line["column"], line["measure"], line["value"], line["base"], line["marker"] or "")
        for line in read.tables[0].iterdicts()
    ] == [(row.table, row.row, row.column, row.measure, row.value, row.base, row.marker) for row in tidy_rows(TABLES)]


def test_the_licence_and_the_title_of_every_table_stand_in_it(tmp_path: Path) -> None:
    written(tmp_path)
    about = json.loads((tmp_path / "tables.csv-metadata.json").read_text())

    assert about["dc:license"]["@id"].startswith("https://www.nationalarchives.gov.uk/doc/open-government-licence/")
    assert [note["rdfs:comment"].partition(":")[0] for note in about["notes"]] == [table.id for table in TABLES]


@pytest.mark.filterwarnings("always")  # by them the package comes to its verdict
@pytest.mark.parametrize(
    ("figure", "wrong"),
    [
        (",count,41,", ",count,4 1,"),  # no whole number
        ("table_5,agree,frequency", ",agree,frequency"),  # a key that is not there
        ("table_5,disagree,frequency,count,14", "table_5,agree,frequency,count,41"),  # the same place twice
        ("table_5,agree,frequency,count", "table_5,agree,frequency,number"),  # no measure
    ],
)
def test_a_file_that_is_not_what_the_metadata_say_is_found_out(tmp_path: Path, figure: str, wrong: str) -> None:
    assert figure in tidy_csv(TABLES)
    assert not is_accepted(tmp_path, csv=tidy_csv(TABLES).replace(figure, wrong))


def test_what_is_for_the_team_is_under_no_licence() -> None:
    assert "dc:license" not in json.loads(csvw_of_tables([replace(frequency(), marks=("For the team.",))]))
