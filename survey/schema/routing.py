"""Which items are asked, given the answers, and the complete coded document that a submission stores."""

from collections.abc import Mapping

from survey.schema.answers import Value, answered
from survey.schema.codes import NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.parts import Option, Questionnaire
from survey.schema.rules import AllOf, AnyOf, ItemIncludes, Leaf, NotRule, Rule, holds

__all__ = ["Rule", "applicable", "complete", "describe"]

Answers = dict[str, int | list[int]]


def applicable(questionnaire: Questionnaire, values: Mapping[str, Value]) -> frozenset[str]:
    """The codes of the items asked; an answer kept from an item that is no longer asked opens nothing."""
    asked = set(questionnaire.always_asked)

    def fact(leaf: Leaf) -> bool:
        if leaf.item not in asked:
            return False
        value, option = values.get(leaf.item), _option(questionnaire, leaf).value
        return option in value if isinstance(value, list) else option == value

    for code, rule in questionnaire.asked_by_rule:
        if holds(rule, fact):
            asked.add(code)
    return frozenset(asked)


def complete(questionnaire: Questionnaire, values: Mapping[str, Value]) -> tuple[Answers, dict[str, str]]:
    """The answers with a code for every closed item (-7 not asked, -9 blank) and the texts of the items asked.

    Among the codes stands -6 for each typed item that was refused: a text of its own would be what somebody wrote.
    """
    asked = applicable(questionnaire, values)
    answers = {
        code: _coded(values.get(code)) if code in asked else NOT_ASKED
        for code, item in questionnaire.items.items()
        if item.coded or (code in asked and values.get(code) == REFUSED)
    }
    texts = {
        code: value
        for code, item in questionnaire.items.items()
        if not item.coded and code in asked and isinstance(value := values.get(code), str) and value
    }
    return answers, texts


def describe(questionnaire: Questionnaire, rule: Rule) -> str:
    """The rule in words, for codebooks: “F1 is ‘Yes’”."""
    match rule:
        case AllOf():
            return " and ".join(_nested(questionnaire, part) for part in rule.rules)
        case AnyOf():
            return " or ".join(_nested(questionnaire, part) for part in rule.rules)
        case NotRule():
            return f"not ({describe(questionnaire, rule.rule)})"
        case _:
            word = "includes" if isinstance(rule, ItemIncludes) else "is"
            return f"{rule.item} {word} ‘{_option(questionnaire, rule).label}’"


def _nested(questionnaire: Questionnaire, rule: Rule) -> str:
    words = describe(questionnaire, rule)
    return f"({words})" if isinstance(rule, AllOf | AnyOf) else words


def _option(questionnaire: Questionnaire, leaf: Leaf) -> Option:
    scale = questionnaire.items[leaf.item].scale
    if scale is None:
        raise TypeError(f"{leaf.item} has no options")
    return scale.option(leaf.option)


def _coded(value: Value) -> int | list[int]:
    if isinstance(value, str) or value is None or not answered(value):
        return NOT_ANSWERED
    return list(value) if isinstance(value, list) else value
