"""A file of returns comes in whole or not at all; what is wrong is told by cell."""

import csv
import io

import pytest

from respondents.returns.importing import ImportOutcome, import_returns
from respondents.returns.models import Return, Save, Submission
from respondents.returns.saving import Sending, save_answers, save_digest
from respondents.returns.submitting import submission_digest
from respondents.tabular.lines import FileRefused
from survey.models import Wave
from tests.builders import NOW, RETURNS, chair, return_of, wave, whole_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Wave:
    return wave()


def file_of(*rows: dict[str, str]) -> bytes:
    columns = dict.fromkeys(["return_id", "board", *(name for row in rows for name in row)])
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def problems(into: Wave, content: bytes) -> list[str]:
    before = Submission.objects.count()
    with pytest.raises(FileRefused) as refused:
        import_returns(into, content, now=NOW)
    assert Submission.objects.count() == before
    return [str(problem) for problem in refused.value.problems]


def test_the_57_returns_come_in_once() -> None:
    whole_register()
    munro = wave()

    first = import_returns(munro, RETURNS.read_bytes(), now=NOW)
    second = import_returns(munro, RETURNS.read_bytes(), now=NOW)

    assert (first, second) == (ImportOutcome(57, 0), ImportOutcome(0, 57))
    assert munro.returns.submitted().count() == 57
    assert munro.returns.submitted().filter(board=None).count() == 6
    assert Submission.objects.filter(submitted_by__email="chair05@example.org").count() == 2


def test_imported_returns_are_chained_and_sealed_like_those_from_the_pages(small: Wave) -> None:
    import_returns(small, file_of({"return_id": "S1", "board": "barnet", "C1": "agree", "G1": "Money"}), now=NOW)

    save, submission = Save.objects.get(), Submission.objects.get()
    assert save.changes == {"C1": [None, 2], "G1": [None, "Money"]}
    assert (save.source, save.digest) == ("import", save_digest(save))
    assert submission.digest == submission_digest(submission)
    assert return_of("barnet", in_wave=small).submitted_version == 1


def test_a_row_without_board_is_an_unattributed_return_with_the_stratum_it_states(small: Wave) -> None:
    import_returns(small, file_of({"return_id": "S1", "board": "", "region": "North West", "C1": "agree"}), now=NOW)

    found = Return.objects.get(board=None)
    assert (found.authority_type, found.region, found.submitted_version) == ("", "North West", 1)


@pytest.mark.parametrize(
    "text",
    [
        "  kept as typed  ",
        "=1+1",
        "<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }} {% debug %}",
        'two\nlines, a comma and a “quote"',
        "\u202eright to left \U0001f600",
    ],
)
def test_text_is_stored_as_typed(small: Wave, text: str) -> None:
    import_returns(small, file_of({"return_id": "S1", "board": "barnet", "G1": text}), now=NOW)

    assert Submission.objects.get().texts == {"G1": text}


def test_a_text_that_routing_would_not_open_is_kept(small: Wave) -> None:
    import_returns(
        small, file_of({"return_id": "S1", "board": "barnet", "F1": "no", "F1.details": "But we plan to"}), now=NOW
    )

    assert Submission.objects.get().texts == {"F1.details": "But we plan to"}


def test_every_bad_cell_is_told_with_line_column_and_what_is_allowed(small: Wave) -> None:
    told = problems(
        small,
        file_of(
            {"return_id": "S1", "board": "barnet", "C1": "agreed", "region": "South West"},
            {"return_id": "", "board": "barnte", "authority_type": "Borough", "chair": "nobody"},
            {"return_id": "S1", "board": "barnet", "submitted_at": "yesterday", "minutes_taken": "1.5"},
        ),
    )

    assert told == [
        (
            "line 2, column C1: C1: “agreed” is not one of the answers. Use one of: strongly_agree, agree, "
            "neither_agree_nor_disagree, disagree, strongly_disagree, refused. Correct the cell or leave it empty."
        ),
        (
            "line 2, column region: “South West” contradicts the frame. "
            "The frame has “Outer London”; correct it or leave it empty."
        ),
        "line 3, column return_id: The row has no return_id. Give each row its own.",
        (
            "line 3, column authority_type: “Borough” is not known. "
            "Use one of: London borough, Metropolitan, Unitary, County; or leave it empty."
        ),
        (
            "line 3, column chair: “nobody” is not an email address such as name@example.org. "
            "Correct the address or leave the cell empty."
        ),
        "line 3, column board: “barnte” is not a board in this wave. Did you mean barnet?",
        "line 4, column submitted_at: “yesterday” is not a time with its zone. Write 2012-02-23T09:30:00+00:00.",
        "line 4, column minutes_taken: “1.5” is not a whole number of minutes. Write 45, or leave it empty.",
        "line 4, column return_id: S1 stands on line 2 already. Remove one of the two rows.",
        "line 4, column board: barnet has a return on line 2 already. Decide which one counts.",
    ]


def test_an_unknown_item_is_told_by_its_column(small: Wave) -> None:
    assert problems(small, file_of({"return_id": "S1", "board": "barnet", "B1.helth": "good"})) == [
        "line 1, column B1.helth: This column is not known. Did you mean B1.health?"
    ]


def test_a_return_that_was_imported_before_with_other_content_is_refused(small: Wave) -> None:
    import_returns(small, file_of({"return_id": "S1", "board": "barnet", "C1": "agree"}), now=NOW)

    assert problems(small, file_of({"return_id": "S1", "board": "barnet", "C1": "disagree"})) == [
        (
            "line 2, column return_id: S1 was imported before with other content. "
            "A return is not changed by importing; amend it on its own pages, or correct the row."
        )
    ]


def test_a_board_that_answered_on_its_pages_is_not_overwritten(small: Wave) -> None:
    found = return_of("barnet", in_wave=small)
    assert found.board is not None
    save_answers(found, Sending(0, {"C1": 1}), person=chair(found.board), now=NOW)

    assert problems(small, file_of({"return_id": "S1", "board": "barnet", "C1": "disagree"})) == [
        "line 2, column board: barnet has answered already. Remove the row: what a board answered is kept."
    ]
    found.refresh_from_db()
    assert found.answers == {"C1": 1}


def test_a_dry_run_stores_nothing(small: Wave) -> None:
    outcome = import_returns(small, file_of({"return_id": "S1", "board": "barnet"}), now=NOW, dry_run=True)

    assert outcome == ImportOutcome(added=1, unchanged=0)
    assert not Submission.objects.exists()


def test_refusal_of_a_typed_item_comes_in_as_one(small: Wave) -> None:
    import_returns(small, file_of({"return_id": "1", "board": "barnet", "G1": "refused", "C1": "refused"}), now=NOW)

    found = return_of("barnet", in_wave=small)
    sent = found.submissions.get()
    assert (found.answers, found.texts, sent.texts) == ({"C1": -6, "G1": -6}, {}, {})
    assert (sent.answers["G1"], sent.answers["C2"]) == (-6, -9)
    again = import_returns(
        small, file_of({"return_id": "1", "board": "barnet", "G1": "refused", "C1": "refused"}), now=NOW
    )
    assert again == ImportOutcome(added=0, unchanged=1)
