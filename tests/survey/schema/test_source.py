"""Reading YAML: plain values with their lines, and the mistakes of notation and shape."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Strict

from survey.schema.source import DocumentError, Problem, Source, read_yaml, validate

pytestmark = pytest.mark.pure


class Meal(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    code: str
    price: int
    vegetarian: bool = False


class Menu(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    title: str
    meals: Annotated[tuple[Meal, ...], Strict(strict=False)]


def problems_of(text: str) -> list[str]:
    with pytest.raises(DocumentError) as error:
        validate(Menu, read_yaml(text))
    return [f"{problem.id} {problem}" for problem in error.value.problems]


def test_read_yaml_gives_plain_values() -> None:
    text = "a: yes\nb: [1, 012, 0x1f, 2.5, null, true]\nc: 2012-02-29\nd:\n  e: >\n    folded\n    text\n1: one\n"

    assert read_yaml(text).data == {
        "a": "yes",
        "b": [1, 12, 31, 2.5, None, True],
        "c": "2012-02-29",
        "d": {"e": "folded text\n"},
        "1": "one",
    }


def test_source_tells_the_line_of_values_and_of_what_is_missing() -> None:
    source = read_yaml("title: Lunch\nmeals:\n  - code: soup\n    price: 3\n")

    assert source.line(("title",)) == 1
    assert source.line(("meals", 0, "price")) == 4
    assert source.line(("meals", 0, "vegetarian")) == 3
    assert source.line(()) == 1


def test_source_names_places_in_the_authors_words() -> None:
    source = Source({"sections": [{"code": "B", "questions": [{"code": "B1", "items": [{}]}]}], "agencies": [1]}, {})

    assert source.place(("sections", 0, "questions", 0, "wording")) == "section B, question B1"
    assert source.place(("sections", 0, "questions", 0, "items", 0)) == "question B1, item number 1"
    assert source.place(("agencies", 0)) == "agency number 1"
    assert source.place(()) == "document"


def test_problem_reads_as_a_sentence() -> None:
    problem = Problem("Q001", "B1.health", 12, "It is wrong.", "Mend it.")

    assert str(problem) == "line 12, B1.health: It is wrong. Mend it."
    assert str(Problem("Q001", "document", None, "It is empty.", "")) == "document: It is empty."


def test_validate_gives_the_model() -> None:
    menu = validate(Menu, read_yaml("title: Lunch\nmeals: [{code: soup, price: 3}]"))

    assert menu == Menu(title="Lunch", meals=(Meal(code="soup", price=3),))


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "null", "~"])
def test_read_yaml_refuses_an_empty_document(text: str) -> None:
    assert problems_of(text) == ["D001 document: The document is empty. Write at least its title."]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "12"])
def test_read_yaml_refuses_what_is_not_keys_and_values(text: str) -> None:
    assert problems_of(text) == [
        'D002 line 1, document: The document is not made of keys and values. Write lines such as "title: The title".'
    ]


def test_read_yaml_refuses_broken_yaml_with_its_line() -> None:
    with pytest.raises(DocumentError) as error:
        read_yaml('title: Lunch\nmeals: "open\n')

    (problem,) = error.value.problems
    assert (problem.id, problem.line) == ("D003", 3)
    assert "valid YAML" in problem.message


def test_read_yaml_refuses_an_invisible_character_with_its_line() -> None:
    assert problems_of("title: Lunch\nmeals: so\x00up\n") == [
        (
            "D003 line 2, document: This is not valid YAML: the character U+0000 may not stand in it. "
            "Remove it; it may be invisible."
        )
    ]


def test_read_yaml_refuses_every_repeated_key_at_once() -> None:
    text = "title: Lunch\ntitle: Dinner\nmeals:\n  - code: soup\n    price: 3\n    price: 4\n"

    assert problems_of(text) == [
        'D004 line 2, document: The key "title" is written twice. It is already on line 1; keep one of the two.',
        'D004 line 6, meal soup: The key "price" is written twice. It is already on line 5; keep one of the two.',
    ]


def test_read_yaml_refuses_an_alias_of_itself_and_a_flood_of_aliases() -> None:
    flood = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{key}: &{key} [{', '.join([f'*{last}'] * 10)}]\n" for last, key in zip("abcdef", "bcdefg", strict=True)
    )

    for text in ("title: &t [*t]\n", flood, "[" * 50):
        (problem,) = problems_of(text)
        assert "The document is too large or too deeply nested." in problem


def test_read_yaml_refuses_tags_and_keys_that_are_no_words() -> None:
    assert problems_of("title: !secret x\n? [a, b]\n: c\nmeals: !!set {a}\n") == [
        'D006 line 1, document: The tag "!secret" is not used here. Remove it.',
        "D006 line 2, document: A key must be a word. Write the key as one word and a colon.",
        'D006 line 4, document: The tag "tag:yaml.org,2002:set" is not used here. Remove it.',
    ]


@pytest.mark.parametrize(("escape", "name"), [(r"\0", "U+0000"), (r"\uD800", "U+D800"), (r"\e", "U+001B")])
def test_read_yaml_refuses_characters_that_cannot_be_stored(escape: str, name: str) -> None:
    assert problems_of(f'title: "a{escape}b"\n') == [
        (
            f"D007 line 1, document: The text holds a character that cannot be stored ({name}). "
            "Type that part of the text again."
        )
    ]


def test_validate_tells_every_misshapen_part_at_once() -> None:
    text = """\
title: 5
meals:
  - {code: soup, prize: 3}
  - {code: stew, price: three, vegetarian: 1}
  - {code: , price: true, colour: red}
  - broth
"""

    assert problems_of(text) == [
        'D010 line 1, document: "title" must be text, not 5. If it is text, put it in quotation marks: "like this".',
        'D008 line 3, meal soup: The key "price" is missing. Add a line that begins "price:".',
        'D009 line 3, meal soup: The key "prize" is not known here. Did you mean "price"?',
        (
            "D010 line 4, meal stew: \"price\" must be a whole number, not 'three'. "
            "Write it in digits, without quotation marks."
        ),
        'D010 line 4, meal stew: "vegetarian" must be true or false, not 1. Write true or false.',
        'D009 line 5, meal number 3: The key "colour" is not known here. Known here: vegetarian.',
        'D010 line 5, meal number 3: "code" is empty. Write something after the colon or remove the line.',
        (
            'D010 line 5, meal number 3: "price" must be a whole number, not true. '
            "Write it in digits, without quotation marks."
        ),
        (
            "D010 line 6, meal number 4: Each entry of \"meals\" must be keys with values, not 'broth'. "
            'Write lines such as "key: value".'
        ),
    ]


def test_validate_refuses_a_mapping_where_a_list_belongs() -> None:
    assert problems_of("title: Lunch\nmeals: {code: soup}\n") == [
        (
            'D010 line 2, document: "meals" must be a list, not keys with values. '
            "Write one entry per line, each after a dash."
        )
    ]
