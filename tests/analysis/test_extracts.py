"""The extract holds what was submitted, no more and no less."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from analysis.extracts import freeze, load_frozen, population_of, read_extract
from respondents.returns.importing import import_returns
from respondents.returns.saving import save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, RETURNS, chair, return_of, wave, whole_register

pytestmark = pytest.mark.django_db


def test_the_extract_of_the_57_returns_agrees_with_the_file_column_by_column() -> None:

    whole_register()
    munro = wave()
    import_returns(munro, RETURNS.read_bytes(), now=NOW)

    extract = read_extract(munro)

    with RETURNS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for code in [name for name in extract.frame.columns if name in rows[0]]:
        item = munro.questionnaire.items.get(code)
        values = {option.code: option.value for option in item.scale.options} | {"": -9} if item and item.scale else {}
        assert Counter(extract.frame[code]) == Counter(values.get(row[code], row[code]) for row in rows), code
    assert extract.frame.height == 57


def test_only_the_latest_submission_of_each_return_counts_and_drafts_do_not() -> None:
    small = wave()
    found = return_of("barnet", in_wave=small)
    assert found.board is not None
    ann = chair(found.board)
    for version, value in enumerate((1, 4, 5)):
        save_answers(found, person=ann, base_version=version, sent={"C1": value}, now=NOW)
        if version < 2:
            submit_return(found, person=ann, version=version + 1, now=NOW)

    assert read_extract(small).frame["C1"].to_list() == [4]


def test_a_wave_without_submissions_gives_an_empty_frame_with_every_column() -> None:
    small = wave()

    extract = read_extract(small)

    closed = [item.code for item in small.questionnaire.items.values() if item.kind == "closed"]
    assert extract.frame.height == 0
    consulted = ["A4:none", "A4:dcs", "A4:other_partners"]
    assert extract.frame.columns == [*closed, *consulted, "authority_type", "region"]


def test_the_population_counts_boards_and_authorities_by_their_own_strata() -> None:
    population = population_of(wave())

    assert population.boards["authority_type"] == {"London borough": 1, "County": 1}
    assert population.authorities["authority_type"] == {"London borough": 1, "County": 1, "Unitary": 1}


def test_a_frozen_extract_is_read_back_equal_and_refused_once_altered(tmp_path: Path) -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\n", now=NOW)
    extract = read_extract(small)
    path = tmp_path / "extract.parquet"

    digest = freeze(extract, path)

    assert_frame_equal(load_frozen(path, digest=digest, questionnaire=extract.questionnaire).frame, extract.frame)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ValueError, match="digest differs"):
        load_frozen(path, digest=digest, questionnaire=extract.questionnaire)


def test_a_multiple_choice_is_read_as_a_column_for_each_option() -> None:
    small = wave()
    import_returns(small, b"return_id,board,A4\nS1,barnet,dcs;other_partners\nS2,,none\nS3,,\n", now=NOW)

    frame = read_extract(small).frame

    marks = zip(frame["A4:none"], frame["A4:dcs"], frame["A4:other_partners"], strict=True)
    assert sorted(marks) == [(-9, -9, -9), (0, 1, 1), (1, 0, 0)]
