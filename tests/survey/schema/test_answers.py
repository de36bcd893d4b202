from collections.abc import Callable
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.schema.answers import MAX_TEXT, InvalidAnswer, Value, answered, display, parse, raw
from survey.schema.document import Item, Questionnaire

pytestmark = pytest.mark.pure

Example = Callable[[str], Questionnaire]
TEXT = Item(code="G1", question_code="G1", label="Why?", short="Why?", kind="text")


@pytest.mark.parametrize(
    ("sent", "value"), [("good", 1), ("poor", 2), ("dont_know", -8), ("refused", -6), ("", None), (" good ", 1)]
)
def test_parse_closed_gives_the_options_value(example: Example, sent: str, value: Value) -> None:
    item = example("single_choice").items["A1"]

    assert parse(item, sent) == value
    assert parse(item, [sent]) == value


def test_parse_closed_refuses_an_unknown_code_by_name(example: Example) -> None:
    item = example("single_choice").items["A1"]

    with pytest.raises(InvalidAnswer) as refusal:
        parse(item, "excellent")

    assert str(refusal.value) == (
        "A1: “excellent” is not one of the answers. Use one of: good, poor, dont_know, refused."
    )
    assert (refusal.value.item, refusal.value.value) == (item, "excellent")
    assert refusal.value.allowed == ("good", "poor", "dont_know", "refused")


def test_parse_closed_refuses_two_answers(example: Example) -> None:
    with pytest.raises(InvalidAnswer, match="Give one answer only"):
        parse(example("single_choice").items["A1"], ["good", "poor"])


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        (["dcs"], [2]),
        (["other_partners", "dcs", "dcs"], [2, 3]),
        ("dcs;other_partners", [2, 3]),
        (["none"], [1]),
        (["dont_know"], -8),
        (["refused"], -6),
        ([], None),
        ("", None),
        ([""], None),
    ],
)
def test_parse_multiple_gives_values_in_order(example: Example, sent: str | list[str], value: Value) -> None:
    assert parse(example("multiple_choice").items["A4"], sent) == value


@pytest.mark.parametrize(
    ("sent", "alone"),
    [
        (["none", "dcs"], "No one"),
        (["dcs", "refused"], "I do not want to answer"),
        (["dont_know", "dcs"], "Don't know"),
    ],
)
def test_parse_multiple_refuses_company_for_an_exclusive_answer(example: Example, sent: list[str], alone: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse(example("multiple_choice").items["A4"], sent)

    assert refusal.value.message == f"“{alone}” cannot be chosen together with another answer."


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ("As typed.  ", "As typed.  "),
        ("  two\r\nlines\r\n", "  two\nlines\n"),
        ("cafe\u0301", "caf\u00e9"),
        ("refused", "refused"),
        ("", None),
        (" \r\n\t", None),
        ("x" * MAX_TEXT, "x" * MAX_TEXT),
    ],
)
def test_parse_text_keeps_what_was_typed(sent: str, value: Value) -> None:
    assert parse(TEXT, sent) == value


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("a\0b", "The text has a character that cannot be stored. Remove it and try again."),
        ("a\ud800b", "The text has a character that cannot be stored. Remove it and try again."),
        ("x" * (MAX_TEXT + 1), "The text must be 20,000 characters or fewer; it has 20,001."),
    ],
)
def test_parse_text_refuses_what_cannot_be_stored(sent: str, message: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse(TEXT, sent)

    assert refusal.value.message == message


@pytest.mark.parametrize("kind", ["text", "number", "date"])
def test_typed_item_is_refused_by_a_word_of_the_questionnaire_and_not_by_its_text(kind: str) -> None:
    item = TEXT.model_copy(update={"kind": kind})

    assert (parse(item, ["refused"]), raw(item, -6), display(item, -6)) == (-6, ["refused"], "I do not want to answer")
    assert parse(item, []) is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_parse_text_loses_nothing(text: str) -> None:
    expected = normalize("NFC", text.replace("\r\n", "\n"))

    assert parse(TEXT, text) == (expected if expected.strip() else None)


@pytest.mark.parametrize(
    ("code", "sent", "value"),
    [("N1", "12", "12"), ("N1", " 200 ", "200"), ("N2", "0.50", "0.50"), ("N3", "-1.5", "-1.5"), ("N3", " ", None)],
)
def test_parse_number_keeps_the_digits(example: Example, code: str, sent: str, value: Value) -> None:
    assert parse(example("number").items[code], sent) == value


@pytest.mark.parametrize(
    ("code", "sent", "message"),
    [
        ("N1", "1.5", "Enter a whole number."),
        ("N1", "201", "The number must be 200 or less."),
        ("N1", "-1", "The number must be 0 or more."),
        ("N2", "0.49", "The number must be 0.5 or more."),
        ("N3", "1,000", "Enter a number in digits, such as 12 or 12.5."),
        ("N3", "1e9", "Enter a number in digits, such as 12 or 12.5."),
        ("N3", "٣", "Enter a number in digits, such as 12 or 12.5."),
        ("N3", "NaN", "Enter a number in digits, such as 12 or 12.5."),
    ],
)
def test_parse_number_refuses_with_the_reason(example: Example, code: str, sent: str, message: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse(example("number").items[code], sent)

    assert refusal.value.message == message


@pytest.mark.parametrize(("sent", "value"), [("2012-02-29", "2012-02-29"), (" 2012-02-23 ", "2012-02-23"), ("", None)])
def test_parse_date_takes_year_month_day(example: Example, sent: str, value: Value) -> None:
    assert parse(example("date").items["D1"], sent) == value


@pytest.mark.parametrize("sent", ["2011-02-29", "23/02/2012", "20120223", "2012-W08-4", "2012-2-3", "soon"])
def test_parse_date_refuses_what_is_no_date(example: Example, sent: str) -> None:
    with pytest.raises(InvalidAnswer, match="Enter a real date"):
        parse(example("date").items["D1"], sent)


@pytest.mark.parametrize("value", [None, 1, 2, -8, -6])
def test_raw_is_the_inverse_of_parse_for_closed(example: Example, value: Value) -> None:
    item = example("single_choice").items["A1"]

    assert parse(item, raw(item, value)) == value


@pytest.mark.parametrize("value", [None, [1], [2, 3], -8, -6])
def test_raw_is_the_inverse_of_parse_for_multiple(example: Example, value: Value) -> None:
    item = example("multiple_choice").items["A4"]

    assert isinstance(raw(item, value), list)
    assert parse(item, raw(item, value)) == value


def test_raw_of_text_is_the_text_and_of_no_answer_is_nothing(example: Example) -> None:
    closed = example("single_choice").items["A1"]

    assert (raw(TEXT, "Words"), raw(TEXT, None), raw(closed, -9), raw(closed, -7)) == ("Words", "", "", "")


@pytest.mark.parametrize(
    ("name", "code", "value", "words"),
    [
        ("single_choice", "A1", 1, "Good"),
        ("single_choice", "A1", -8, "Don't know"),
        ("single_choice", "A1", -6, "I do not want to answer"),
        ("single_choice", "A1", -7, "Not asked"),
        ("single_choice", "A1", None, "Not provided"),
        ("multiple_choice", "A4", [2, 3], "Director of Children's Services; Other partners"),
        ("multiple_choice", "A4", [], "Not provided"),
        ("multiple_choice", "A4", -8, "Don't know"),
        ("open_text", "G1", "Money.", "Money."),
        ("open_text", "G1", "", "Not provided"),
        ("number", "N2", "0.50", "0.50"),
        ("date", "D1", "2012-02-03", "3 February 2012"),
    ],
)
def test_display_says_it_in_words(example: Example, name: str, code: str, value: Value, words: str) -> None:
    assert display(example(name).items[code], value) == words


def test_display_refuses_a_value_the_scale_does_not_have(example: Example) -> None:
    with pytest.raises(KeyError):
        display(example("single_choice").items["A1"], 9)


@pytest.mark.parametrize(("value", "is_one"), [(None, False), ("", False), ([], False), (-9, False), (-7, False)])
def test_answered_is_false_of_nothing(value: Value, is_one: bool) -> None:
    assert answered(value) is is_one


@pytest.mark.parametrize("value", [1, [1], "x", -6, -8])
def test_answered_is_true_of_answers_and_refusals(value: Value) -> None:
    assert answered(value)
