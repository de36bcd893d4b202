"""One example questionnaire for each feature of the format, and what it means."""

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pydantic
import pytest

from survey.schema.document import Feed, Item, Option, Questionnaire, Scale
from survey.schema.rules import ItemIncludes, ItemIs

pytestmark = pytest.mark.pure

Example = Callable[[str], Questionnaire]
PRIVACY = "Do not name or describe any child or family."
QUALITY = Scale(
    code="quality", options=(Option(code="good", label="Good", value=1), Option(code="poor", label="Poor", value=2))
)


def test_frame_question_has_no_items_and_no_page(example: Example) -> None:
    questionnaire = example("frame")

    assert [question.code for question in questionnaire.questions] == ["A1", "A2"]
    assert questionnaire.question("A1").taken_from == "region"
    assert questionnaire.question("A1").items == ()
    assert [page.code for page in questionnaire.pages] == ["A2"]


def test_single_choice_has_one_closed_item_and_its_follow_up(example: Example) -> None:
    dont_know = Option(code="dont_know", label="Don't know", value=-8, kind="dont_know", exclusive=True)
    scale = Scale(code="quality", options=(*QUALITY.options, dont_know))

    assert list(example("single_choice").items.values()) == [
        Item(
            code="A1",
            question_code="A1",
            label="How good is it?",
            short="Quality",
            kind="closed",
            hint="In your own view.",
            scale=scale,
            recommendations=(1, 15),
            feeds=(Feed(table="table_5"),),
        ),
        Item(
            code="A1.details",
            question_code="A1",
            label="What is poor?",
            short="Quality: details",
            kind="text",
            shown_when=ItemIs.model_validate({"item": "A1", "is": "poor"}),
            follow_up=True,
            recommendations=(1, 15),
            feeds=(Feed(table="table_5"),),
        ),
    ]


def test_multiple_choice_holds_its_options_and_knows_which_stand_alone(example: Example) -> None:
    chosen, details = example("multiple_choice").items.values()

    assert (chosen.kind, chosen.coded, details.kind, details.coded) == ("multiple", True, "text", False)
    assert chosen.scale is not None
    assert [(option.code, option.value, option.exclusive) for option in chosen.scale.options] == [
        ("none", 1, True),
        ("dcs", 2, False),
        ("other_partners", 3, False),
        ("dont_know", -8, True),
    ]
    assert details.shown_when == ItemIncludes.model_validate({"item": "A4", "includes": "other_partners"})
    assert details.hint == PRIVACY


def test_rating_battery_has_an_item_for_each_agency(example: Example) -> None:
    shared = {"question_code": "B1", "kind": "closed", "scale": QUALITY, "recommendations": (10,)}
    health = {"label": "Health", "short": "Health"}
    police = {"label": "Police", "short": "Police"}

    assert list(example("rating_battery").items.values()) == [
        Item.model_validate(
            {
                "code": "B1.health",
                "feeds": (Feed(table="table_3", panel="trust", column="health.munro"),),
                **health,
                **shared,
            }
        ),
        Item.model_validate(
            {"code": "B1.police", "feeds": (Feed(table="table_3", panel="trust"),), **police, **shared}
        ),
    ]


def test_statement_battery_keeps_codes_rows_and_recommendations_of_its_items(example: Example) -> None:
    first, second = example("statement_battery").items.values()

    assert (first.code, first.label, first.recommendations) == ("C3.P1", "It helps", (13,))
    assert first.feeds == (Feed(table="table_7", row="T7-P1", panel="positive"),)
    assert (second.code, second.recommendations) == ("C3.N1", (1,))
    assert second.shown_when == ItemIs.model_validate({"item": "C3.P1", "is": "disagree"})


def test_yes_no_details_asks_for_details_of_a_yes(example: Example) -> None:
    closed, details = example("yes_no_details").items.values()

    assert (closed.code, closed.kind, closed.follow_up) == ("F1", "closed", False)
    assert (details.code, details.label, details.hint, details.follow_up) == (
        "F1.details",
        "Please give details.",
        PRIVACY,
        True,
    )
    assert details.shown_when == ItemIs.model_validate({"item": "F1", "is": "yes"})


def test_open_text_carries_the_hint_of_the_document_unless_it_has_its_own(example: Example) -> None:
    questionnaire = example("open_text")

    assert [(item.kind, item.hint) for item in questionnaire.items.values()] == [
        ("text", PRIVACY),
        ("text", "In a few words."),
    ]
    assert [question.hint for question in questionnaire.questions] == [PRIVACY, "In a few words."]


def test_number_keeps_its_limits_as_decimals(example: Example) -> None:
    limits = [(item.minimum, item.maximum, item.whole) for item in example("number").items.values()]

    assert limits == [(Decimal(0), Decimal(200), True), (Decimal("0.5"), None, False), (None, None, False)]


def test_pages_gather_their_questions_and_find_their_way_back(example: Example) -> None:
    questionnaire = example("pages")

    assert [(page.code, page.title, [item.code for item in page.items]) for page in questionnaire.pages] == [
        ("A1", "Alone", ["A1"]),
        ("both", "Two questions", ["A2", "A3"]),
        ("B1", "Elsewhere?", ["B1"]),
    ]
    assert questionnaire.page_of("A3") is questionnaire.page("both")
    assert questionnaire.section_of("both") is questionnaire.section("A")


def test_digest_is_of_the_text(example: Example) -> None:
    text = (Path(__file__).parent / "examples" / "date.yaml").read_bytes()

    assert example("date").digest == sha256(text).hexdigest()


def test_questionnaire_cannot_be_changed(example: Example) -> None:
    questionnaire = example("date")

    with pytest.raises(pydantic.ValidationError, match="frozen"):
        questionnaire.title = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        questionnaire.items["D1"] = questionnaire.items["D1"]  # type: ignore[index]


def test_lookups_are_computed_once(example: Example) -> None:
    questionnaire = example("pages")

    assert questionnaire.items is questionnaire.items
    assert questionnaire.pages is questionnaire.pages
    assert questionnaire == example("pages")


def test_scale_answers_by_code_and_value() -> None:
    assert QUALITY.option("poor") == Option(code="poor", label="Poor", value=2)
    assert QUALITY.label(1) == "Good"
    with pytest.raises(KeyError):
        QUALITY.label(-9)
