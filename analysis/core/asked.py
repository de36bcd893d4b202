"""Who was asked, as an expression over the columns of the extract: the routing of the questionnaire, row by row."""

import polars as pl

from analysis.core.marks import CHOSEN, choices_of, mark_of
from survey.schema.codes import DONT_KNOW
from survey.schema.document import Item, Option, Questionnaire, Rule
from survey.schema.rules import AllOf, AnyOf, Leaf, NotRule


def asked(item: Item, *, questionnaire: Questionnaire) -> pl.Expr:
    """Return whether the item was put to each return; an answer that was not asked for opens nothing."""
    return pl.lit(True) if item.shown_when is None else _holds(item.shown_when, questionnaire)  # noqa: FBT003


def _holds(rule: Rule, questionnaire: Questionnaire) -> pl.Expr:
    match rule:
        case AllOf():
            return pl.all_horizontal([_holds(part, questionnaire) for part in rule.rules])
        case AnyOf():
            return pl.any_horizontal([_holds(part, questionnaire) for part in rule.rules])
        case NotRule():
            return ~_holds(rule.rule, questionnaire)
        case _:
            return _is_chosen(rule, questionnaire)


def _is_chosen(leaf: Leaf, questionnaire: Questionnaire) -> pl.Expr:
    item = questionnaire.items[leaf.item]
    if item.scale is None:
        raise ValueError(f"{item.code} has no options that a rule could look at.")
    return _column(item, item.scale.option(leaf.option))


def _column(item: Item, option: Option) -> pl.Expr:
    """Every column of a multiple choice holds the same code where nothing was chosen, so the first one tells."""
    if item.kind != "multiple":
        return pl.col(item.code) == option.value
    if option.value == DONT_KNOW:
        return pl.col(mark_of(item, choices_of(item)[0])) == DONT_KNOW
    return pl.col(mark_of(item, option)) == CHOSEN
