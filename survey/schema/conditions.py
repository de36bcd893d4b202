"""Rules in words for people who answer, on screen and on paper, by the numbers of the questions."""

from survey.schema.parts import Questionnaire
from survey.schema.rules import AllOf, AnyOf, ItemIncludes, Leaf, NotRule, Rule


def in_words(questionnaire: Questionnaire, rule: Rule) -> str:
    """When a rule is true: “you answered ‘Yes’ to F1”."""
    match rule:
        case AllOf():
            return " and ".join(_nested(questionnaire, part) for part in rule.rules)
        case AnyOf():
            return " or ".join(_nested(questionnaire, part) for part in rule.rules)
        case NotRule():
            return _denied(questionnaire, rule.rule)
        case _:
            verb = "chose" if isinstance(rule, ItemIncludes) else "answered"
            return f"you {verb} {_choice(questionnaire, rule)}"


def _denied(questionnaire: Questionnaire, rule: Rule) -> str:
    if isinstance(rule, AllOf | AnyOf | NotRule):
        return f"it is not so that {_nested(questionnaire, rule)}"
    verb = "choose" if isinstance(rule, ItemIncludes) else "answer"
    return f"you did not {verb} {_choice(questionnaire, rule)}"


def _nested(questionnaire: Questionnaire, rule: Rule) -> str:
    words = in_words(questionnaire, rule)
    return f"({words})" if isinstance(rule, AllOf | AnyOf) else words


def _choice(questionnaire: Questionnaire, leaf: Leaf) -> str:
    """The option and where it is chosen; an item of a battery by its own label."""
    item = questionnaire.items[leaf.item]
    if item.scale is None:
        raise TypeError(f"{leaf.item} has no options")
    place = "in" if isinstance(leaf, ItemIncludes) else "to"
    whose = "" if item.code == item.question_code else f", {item.label}"
    return f"‘{item.scale.option(leaf.option).label}’ {place} {item.question_code}{whose}"
