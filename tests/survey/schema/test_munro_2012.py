"""The questionnaire of 2012: everything the instrument asked, and nothing a chair need not meet."""

from collections import Counter

import pytest

from survey.schema.document import Questionnaire
from survey.schema.routing import applicable, complete
from survey.schema.rules import ItemIncludes, ItemIs

pytestmark = pytest.mark.pure

AGENCIES = ["health", "police", "probation", "education", "youth_services", "third_sector", "childrens_social_care"]
STATEMENTS = [
    *(f"C3.{code}" for code in ("P1", "P2", "P3", "P4", "N1", "N2", "N3", "N4", "N5")),
    *(f"D1.{number}" for number in range(1, 11)),
    *(f"E1.{number}" for number in range(1, 5)),
]
PRACTICE = [code for number in range(1, 12) for code in (f"F{number}", f"F{number}.details")]


def test_munro_has_the_items_of_the_instrument_in_order(munro: Questionnaire) -> None:
    assert list(munro.items) == [
        *("A4", "A4.details", "A5", "A5.details"),
        *(f"B{number}.{agency}" for number in range(1, 7) for agency in AGENCIES),
        *("C1", "C2"),
        *STATEMENTS,
        *PRACTICE,
        "G1",
        *(f"H1.{number}" for number in range(1, 7)),
    ]


def test_munro_has_the_sections_and_questions_of_the_instrument(munro: Questionnaire) -> None:
    by_section = Counter(question.code[0] for question in munro.questions)

    assert by_section == {"A": 5, "B": 6, "C": 3, "D": 1, "E": 1, "F": 11, "G": 1, "H": 1}
    assert [section.code for section in munro.sections] == list("ABCDEFGH")
    assert [question.code for question in munro.sections[0].frame_questions] == ["A1", "A2", "A3"]


def test_munro_fits_eighteen_pages_with_headings_of_their_own(munro: Questionnaire) -> None:
    titles = [page.title for page in munro.pages]

    assert [[question.code for question in page.questions] for page in munro.pages] == [
        ["A4", "A5"],
        *([f"B{number}"] for number in range(1, 7)),
        *(["C1"], ["C2"], ["C3"], ["D1"], ["E1"]),
        *(["F1", "F2"], ["F3", "F4", "F5", "F6"], ["F7", "F8"], ["F9", "F10", "F11"]),
        *(["G1"], ["H1"]),
    ]
    assert len(set(titles)) == len(titles) == 18


def test_munro_scales_have_the_values_of_the_codebook(munro: Questionnaire) -> None:
    assert {scale.code: [option.value for option in scale.options] for scale in munro.scales} == {
        "quality5": [1, 2, 3, 4, 5, -8],
        "agree5": [1, 2, 3, 4, 5],
        "positive5": [1, 2, 3, 4, 5],
        "importance5": [1, 2, 3, 4, 5],
        "yesno": [1, 2],
    }


def test_munro_opens_a_box_for_text_only_where_its_answer_is_given(munro: Questionnaire) -> None:
    rules = {item.code: item.shown_when for item in munro.items.values() if item.shown_when}

    assert rules.pop("A4.details") == ItemIncludes.model_validate({"item": "A4", "includes": "other_partners"})
    assert rules == {
        f"{code}.details": ItemIs.model_validate({"item": code, "is": "yes"})
        for code in ("A5", *(f"F{number}" for number in range(1, 12)))
    }


def test_munro_tells_in_every_text_box_to_name_no_child(munro: Questionnaire) -> None:
    hints = {item.hint for item in munro.items.values() if item.kind == "text"}

    assert hints == {"Do not name or describe any child or family."}


def test_munro_covers_every_recommendation(munro: Questionnaire) -> None:
    covered = {number for item in munro.items.values() for number in item.recommendations}

    assert covered == set(range(1, 15))  # the fifteenth, a Chief Social Worker, is for central government alone


def test_munro_feeds_every_table_of_the_paper(munro: Questionnaire) -> None:
    tables = Counter(feed.table for item in munro.items.values() for feed in item.feeds)
    frame = {table for question in munro.questions if question.kind == "frame" for table in question.feeds}

    assert frame == {"table_1", "table_2"}
    assert tables == {
        "table_3": 21,
        "table_4": 21,
        "table_5": 1,
        "table_6": 1,
        "table_7": 9,
        "table_8": 10,
        "table_9": 4,
        "table_10": 6,
        "narrative": 23,
    }


def test_munro_blank_return_is_complete_with_every_closed_item_coded(munro: Questionnaire) -> None:
    answers, texts = complete(munro, {})

    assert len(answers) == 86
    assert set(answers.values()) == {-9}
    assert texts == {}
    assert len(applicable(munro, {})) == 87  # the closed items and G1
