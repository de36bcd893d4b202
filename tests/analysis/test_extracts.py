"""The extract holds what was submitted, no more and no less."""

import csv
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import polars as pl
import pytest

from analysis import submitted
from analysis.core.variables import labelled, variables_of
from analysis.extracts import population_of, read_extract
from analysis.frozen import parquet_of
from respondents.helping.duplicates import settle, undo
from respondents.returns.attribution import Settled
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Submission
from respondents.returns.saving import save_answers
from respondents.returns.submitting import submit_return
from survey.models import Wave
from tests.builders import NOW, RETURNS, chair, person, return_of, wave, whole_register

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
    consulted = ["A4:none", "A4:dcs", "A4:other_partners"]
    assert extract.frame.height == 0
    assert extract.frame.columns == ["authority_type", "region", *consulted, *closed]


def test_the_population_counts_boards_and_authorities_by_their_own_strata() -> None:
    population = population_of(wave())

    assert population.boards["authority_type"] == {"London borough": 1, "County": 1}
    assert population.authorities["authority_type"] == {"London borough": 1, "County": 1, "Unitary": 1}


def test_a_multiple_choice_is_read_as_a_column_for_each_option() -> None:
    small = wave()
    import_returns(small, b"return_id,board,A4\nS1,barnet,dcs;other_partners\nS2,,none\nS3,,\n", now=NOW)

    frame = read_extract(small).frame

    marks = zip(frame["A4:none"], frame["A4:dcs"], frame["A4:other_partners"], strict=True)
    assert sorted(marks) == [(-9, -9, -9), (0, 1, 1), (1, 0, 0)]


def test_codes_are_small_numbers_with_their_words_in_the_order_of_the_scale() -> None:
    small = wave()
    import_returns(small, b"return_id,board,B1.health,F1\nS1,barnet,dont_know,refused\nS2,,poor,\n", now=NOW)
    extract = read_extract(small)

    words = labelled(extract.frame, questionnaire=small.questionnaire)

    assert sorted(extract.frame["B1.health"]) == [-8, 4]
    scale = ["Very good", "Good", "Reasonable", "Poor", "Very poor"]
    missing = ["Not answered", "Don't know", "Not asked", "Does not want to answer"]
    assert words["B1.health"].dtype.categories.to_list() == [*scale, *missing]  # type: ignore[attr-defined]
    assert sorted(words["B1.health"]) == ["Don't know", "Poor"]
    assert sorted(words["F1"]) == ["Does not want to answer", "Not answered"]
    assert {extract.frame.schema[each.name] for each in variables_of(small.questionnaire)} == {pl.Int8()}


def anew(found: Wave) -> bytes:
    """The extract as a process reads it that has read nothing before."""
    submitted.forget()
    return parquet_of(read_extract(found))


def answer(found: Return, value: int) -> None:
    """Barnet answers C1 and submits."""
    stored = Return.objects.get(pk=found.pk)
    ann = person("chair@example.org")
    save_answers(stored, person=ann, base_version=stored.version, sent={"C1": value}, now=NOW)
    stored.refresh_from_db()
    submit_return(stored, person=ann, version=stored.version, now=NOW)


def test_what_was_kept_and_what_is_new_make_the_same_file_as_everything_read_anew() -> None:
    small = wave()
    barnet, ruth = return_of("barnet", in_wave=small), person("ruth@example.org")
    assert barnet.board is not None
    chair(barnet.board)

    def settled(how: Settled) -> None:
        loose = Return.objects.get(legacy_id="S1")
        own = Return.objects.select_related("wave", "board").get(pk=barnet.pk)
        settle(loose, board_return=own, settled=how, reason="She rang", key=uuid4(), by=ruth, now=NOW)

    def undone() -> None:
        undo(Return.objects.get(legacy_id="S1"), reason="Another", key=uuid4(), by=ruth, now=NOW)

    steps: dict[str, Callable[[], object]] = {
        "a return that names no board": lambda: import_returns(small, b"return_id,board,C1\nS1,,agree\n", now=NOW),
        "its answers taken over by a board": lambda: settled(Settled.TAKEN),
        "taken back, so that the board has withdrawn": undone,
        "the board's own": lambda: answer(barnet, 5),
        "sent again": lambda: answer(barnet, 4),
        "merged, the board's own counts": lambda: settled(Settled.APART),
        "unmerged": undone,
        "in another region": lambda: Return.objects.filter(pk=barnet.pk).update(region="South West"),
    }
    seen = {}
    for step, happens in steps.items():
        happens()
        kept = parquet_of(read_extract(small))
        seen[step] = sorted(read_extract(small).frame["C1"].to_list())
        assert kept == anew(small), step

    assert list(seen.values()) == [[2], [2], [2], [2, 5], [2, 4], [4], [2, 4], [2, 4]]


def test_only_new_submissions_are_read_again() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,,agree\nS2,,disagree\n", now=NOW)
    read_extract(small)
    held = submitted._HELD[small.pk]
    import_returns(small, b"return_id,board,C1\nS1,,agree\nS2,,disagree\nS3,,agree\n", now=NOW)

    counting = Submission.objects.counting()
    keys, fresh = submitted._look(counting, small.questionnaire, beyond=held.last)

    assert (keys.height, fresh.height) == (3, 1)
    assert fresh["submission"].to_list() == [counting.get(survey_return__legacy_id="S3").pk]


def test_a_process_keeps_the_answers_of_few_waves_only() -> None:
    waves = [wave(f"wave-{number}") for number in range(submitted.WAVES_HELD + 1)]
    submitted.forget()
    for each in waves:
        read_extract(each)

    assert list(submitted._HELD) == [each.pk for each in waves[1:]]
