"""The extract holds what was submitted, no more and no less."""

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import polars as pl
import pytest
from django.utils import timezone

from accounts.erasing import rewrite
from analysis import records
from analysis.core.tabulate import left_out_note
from analysis.core.two_waves import BOARD
from analysis.core.variables import labelled, variables_of
from analysis.extracts import eligible_of, population_of, read_by_board, read_extract
from analysis.frozen import frozen_eligible, parquet_of
from analysis.monitoring.counts import count_frame
from analysis.monitoring.days import count_days
from analysis.responses import response_at_freezing, response_of
from respondents.contacts.models import OutcomeDecision
from respondents.contacts.outcomes import outcomes_of
from respondents.helping.duplicates import settle, undo
from respondents.register.models import Board
from respondents.returns.attribution import Settled
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Submission
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.schema.packing import packed_length
from tests.builders import NOW, RETURNS, chair, person, published, return_of, wave, whole_register

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
        save_answers(found, Sending(version, {"C1": value}), person=ann, now=NOW)
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
    population = population_of(wave(), now=NOW)

    assert population.boards["authority_type"] == {"London borough": 1, "County": 1}
    assert population.authorities["authority_type"] == {"London borough": 1, "County": 1, "Unitary": 1}


def decided(found: Return, disposition: str) -> None:
    OutcomeDecision.objects.create(
        survey_return=found, disposition=disposition, reason="Merged in May.", by=person("team@example.org"), at=NOW
    )


def test_a_board_that_is_not_eligible_leaves_every_n_and_the_frozen_data_keep_that() -> None:
    small = wave()
    barnet = return_of("barnet", in_wave=small)
    decided(barnet, "not_eligible")

    found, response = eligible_of(small, now=NOW), response_of(small, now=NOW)
    kept = frozen_eligible(parquet_of(read_extract(small), eligible=found))

    assert found.population.boards["authority_type"] == {"County": 1}
    assert found.population.authorities["authority_type"] == {"County": 1, "Unitary": 1}
    assert (found.not_eligible, response.not_eligible, response.boards, response.authorities) == (1, 1, 1, 2)
    assert (count_frame(small, now=NOW).eligible, sum(found.frame.boards.values())) == (1, 1)
    assert outcomes_of(small, now=NOW)[barnet.pk].disposition == "not_eligible"
    assert kept == found

    decided(barnet, "")  # given up: it is as derived
    assert (eligible_of(small, now=NOW).not_eligible, response_of(small, now=NOW).boards) == (0, 2)


def test_rr1_and_rr2_are_frozen_with_the_response() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\nS2,,agree\n", now=NOW)
    found = response_at_freezing(small, now=NOW)

    outcomes = Counter(each.disposition.value for each in outcomes_of(small, now=NOW).values())
    assert (found.complete, found.partial) == (outcomes["complete"], outcomes["partial"])
    told = dict(replace(found, complete=1, partial=0).outcome_rates("boards"))
    assert told["RR2, complete and partial returns"] == "1 of 2 boards (50%)"
    assert response_of(small, now=NOW).outcome_rates("boards") == ()


def test_what_a_board_sent_that_is_not_eligible_is_kept_and_counted_nowhere() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\nS2,derby-and-derbyshire,disagree\n", now=NOW)
    assert (count_frame(small, now=NOW).returned, read_extract(small).frame.height) == (2, 2)

    decided(return_of("barnet", in_wave=small), "not_eligible")

    extract, found = read_extract(small), response_at_freezing(small, now=NOW)
    counts = count_frame(small, now=NOW)
    assert extract.frame.select("authority_type", "C1").rows() == [("County", 4)]
    assert (found.returns, found.boards, found.boards_named, found.authorities_covered) == (1, 1, 1, 2)
    assert (found.complete or 0) + (found.partial or 0) <= found.returns
    assert (counts.returned, counts.eligible, counts.not_eligible, counts.kept, counts.unattributed) == (1, 1, 1, 1, 0)
    assert count_days([small], now=NOW)[small.pk].totals[-1:] == (1,)
    assert Submission.objects.counting().filter(survey_return__wave=small).count() == 2

    decided(return_of("barnet", in_wave=small), "")
    assert (read_extract(small).frame.height, response_of(small, now=NOW).returns) == (2, 2)


def test_a_board_that_had_ended_by_the_opening_is_not_eligible_whatever_it_sent() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\nS2,derby-and-derbyshire,agree\n", now=NOW)
    Board.objects.filter(slug="barnet").update(ended_on=timezone.localdate(small.opens_at))

    assert (read_extract(small).frame.height, response_of(small, now=NOW).boards) == (1, 1)
    assert Counter(str(each.disposition) for each in outcomes_of(small, now=NOW).values())["not_eligible"] == 1


def test_a_board_is_eligible_until_the_day_it_ends() -> None:
    small = wave()
    Board.objects.filter(slug="barnet").update(ended_on=timezone.localdate(NOW) + timedelta(days=1))

    boards = [response_of(small, now=NOW + timedelta(days=days)).boards for days in (0, 1)]
    assert boards == [2, 1]


def test_a_board_that_had_ended_by_the_close_leaves_n_unless_its_return_counts() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\n", now=NOW)
    Board.objects.update(ended_on=timezone.localdate(NOW))

    assert eligible_of(small, now=NOW).population.boards["authority_type"] == {"London borough": 1}
    assert left_out_note(eligible_of(small, now=NOW).population)[0].startswith("1 board of the frame was not eligible")


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


def answer(found: Return, value: int) -> None:
    """Barnet answers C1 and submits."""
    stored = Return.objects.get(pk=found.pk)
    ann = person("chair@example.org")
    save_answers(stored, Sending(stored.version, {"C1": value}), person=ann, now=NOW)
    stored.refresh_from_db()
    submit_return(stored, person=ann, version=stored.version, now=NOW)


def test_each_look_counts_what_counts_at_that_moment() -> None:
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
        seen[step] = sorted(read_extract(small).frame["C1"].to_list())

    assert list(seen.values()) == [[2], [2], [2], [2, 5], [2, 4], [4], [2, 4], [2, 4]]


def test_what_is_not_packed_as_it_should_be_is_read_from_its_document() -> None:
    small = wave()
    import_returns(small, b"return_id,board,A4,C1\nS1,,dcs;other_partners,agree\nS2,,none,disagree\nS3,,,\n", now=NOW)
    whole, first = parquet_of(read_extract(small)), Submission.objects.order_by("pk")[0]
    length = packed_length(small.questionnaire)
    wrong = {"missing": b"", "too long": bytes(length + 1), "of other places": bytes(length)}

    for what, packed in wrong.items():
        first.packed = packed
        rewrite([first])
        assert parquet_of(read_extract(small)) == whole, what


def test_strata_read_apart_or_together_are_the_same_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    small = wave()
    sent = b"return_id,board,region,C1\nS1,,Outer London,agree\nS2,,South East,disagree\nS3,,North East,agree\n"
    import_returns(small, sent, now=NOW)
    first = Submission.objects.order_by("pk")[0]
    first.packed = b""
    rewrite([first])
    together = read_extract(small).frame

    monkeypatch.setattr(records, "MOST_AT_ONCE", 1)

    assert read_extract(small).frame.equals(together)
    assert together["region"].n_unique() == 3


TYPED = """\
questionnaire: typed
title: Numbers and dates
scales:
  - code: yesno
    options:
      - {value: 1, code: "yes", label: "Yes"}
      - {value: 2, code: "no", label: "No"}
sections:
  - code: A
    title: All of it
    questions:
      - {code: A1, kind: single_choice, wording: Is there a plan?, scale: yesno}
      - {code: A2, kind: number, wording: How many pages?, whole: true, shown_when: {item: A1, is: "yes"}}
      - {code: A3, kind: date, wording: Since when?}
"""


def test_numbers_and_dates_come_from_the_typed_answers_of_the_same_return() -> None:
    published(TYPED)
    small = wave()
    lines = b"R1,,yes,12,2012-02-23\nR2,,no,,2012-01-01\nR3,,yes,7,\nR4,,,,\n"
    import_returns(small, b"return_id,board,A1,A2,A3\n" + lines, now=NOW)

    rows = sorted(read_extract(small).frame.select("A1", "A2", "A2:gap", "A3", "A3:gap").rows(), key=str)

    assert rows == [
        (-9, None, -7, None, -9),
        (1, 12, 0, date(2012, 2, 23), 0),
        (1, 7, 0, None, -9),
        (2, None, -7, date(2012, 1, 1), 0),
    ]


def test_the_answers_of_boards_are_read_with_their_boards() -> None:
    small = wave()
    import_returns(small, b"return_id,board,C1\nS1,barnet,agree\nS2,,disagree\n", now=NOW)

    named = dict(read_by_board(small).select("C1", BOARD).iter_rows())

    assert named == {2: small.returns.get(legacy_id="S1").board_id, 4: None}
