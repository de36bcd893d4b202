import pytest

from survey.schema.conditions import in_words
from survey.schema.document import load
from survey.schema.rules import AllOf, AnyOf, ItemIncludes, ItemIs, NotRule, Rule

pytestmark = pytest.mark.pure

DOCUMENT = """
questionnaire: words
title: Words
agencies: [{code: police, label: Police}]
scales:
  - code: yesno
    options:
      - {value: 1, code: "yes", label: "Yes"}
      - {value: 2, code: "no", label: "No"}
sections:
  - code: A
    title: Section
    questions:
      - {code: A1, kind: single_choice, wording: Is there a plan?, scale: yesno}
      - code: A2
        kind: multiple_choice
        wording: Who?
        options: [{value: 1, code: us, label: Us}, {value: 2, code: they, label: They}]
      - {code: A3, kind: rating_battery, wording: Who came?, scale: yesno}
"""
YES = ItemIs.model_validate({"item": "A1", "is": "yes"})
US = ItemIncludes.model_validate({"item": "A2", "includes": "us"})
POLICE = ItemIs.model_validate({"item": "A3.police", "is": "no"})


def both(*rules: Rule) -> AllOf:
    return AllOf.model_validate({"all": rules})


def either(*rules: Rule) -> AnyOf:
    return AnyOf.model_validate({"any": rules})


def no(rule: Rule) -> NotRule:
    return NotRule.model_validate({"not": rule})


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (YES, "you answered ‘Yes’ to A1"),
        (US, "you chose ‘Us’ in A2"),
        (POLICE, "you answered ‘No’ to A3, Police"),
        (no(YES), "you did not answer ‘Yes’ to A1"),
        (no(US), "you did not choose ‘Us’ in A2"),
        (both(YES, either(US, POLICE)),
         "you answered ‘Yes’ to A1 and (you chose ‘Us’ in A2 or you answered ‘No’ to A3, Police)"),
        (no(either(YES, US)), "it is not so that (you answered ‘Yes’ to A1 or you chose ‘Us’ in A2)"),
        (no(no(YES)), "it is not so that you did not answer ‘Yes’ to A1"),
    ],
)  # fmt: skip
def test_a_rule_reads_as_a_sentence_with_question_numbers(rule: Rule, words: str) -> None:
    assert in_words(load(DOCUMENT), rule) == words
