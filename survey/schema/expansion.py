"""The items of each kind of question: agencies and statements spelt out, rules joined, boxes that follow an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from survey.schema.codes import ItemKind
from survey.schema.outline import DETAILS
from survey.schema.parts import Feed, Item, Scale
from survey.schema.rules import AllOf, ItemIncludes, ItemIs, Rule
from survey.schema.written import (
    WrittenAgency,
    WrittenAny,
    WrittenAsked,
    WrittenDate,
    WrittenDetails,
    WrittenMultiple,
    WrittenNumber,
    WrittenRatings,
    WrittenSingle,
    WrittenStatements,
    WrittenText,
    WrittenYesDetails,
    WrittenYesNo,
)


@dataclass(frozen=True)
class Shared:
    """What the document says once for all questions."""

    scales: Mapping[str, Scale]
    agencies: tuple[WrittenAgency, ...]
    text_hint: str


@singledispatch
def items_of(question: WrittenAny, shared: Shared, scale: Scale | None) -> Iterator[Item]:
    """The items a question asks for, in order, given the scale it uses; none when the frame answers it."""
    yield from ()


@items_of.register
def _(question: WrittenSingle, shared: Shared, scale: Scale) -> Iterator[Item]:
    yield _whole(question, kind="closed", scale=scale)
    if question.details:
        when = ItemIs.model_validate({"item": question.code, "is": question.details.when})
        yield _follow_up(question, question.details, when, shared)


@items_of.register
def _(question: WrittenMultiple, shared: Shared, scale: Scale) -> Iterator[Item]:
    yield _whole(question, kind="multiple", scale=scale)
    if question.details:
        when = ItemIncludes.model_validate({"item": question.code, "includes": question.details.when})
        yield _follow_up(question, question.details, when, shared)


@items_of.register
def _(question: WrittenYesNo, shared: Shared, scale: Scale) -> Iterator[Item]:
    yield _whole(question, kind="closed", scale=scale)
    when = ItemIs.model_validate({"item": question.code, "is": "yes"})
    yield _follow_up(question, question.details, when, shared)


@items_of.register
def _(question: WrittenRatings, shared: Shared, scale: Scale) -> Iterator[Item]:
    for agency in shared.agencies:
        yield Item(
            code=f"{question.code}.{agency.code}",
            question_code=question.code,
            label=agency.label,
            short=agency.label,
            kind="closed",
            scale=scale,
            shown_when=question.shown_when,
            recommendations=question.recommendations,
            feeds=_feeds(question, column=agency.column),
        )


@items_of.register
def _(question: WrittenStatements, shared: Shared, scale: Scale) -> Iterator[Item]:
    for item in question.items:
        yield Item(
            code=item.code,
            question_code=question.code,
            label=item.label,
            short=item.short or item.label,
            kind="closed",
            scale=scale,
            shown_when=_both(question.shown_when, item.shown_when),
            recommendations=item.recommendations or question.recommendations,
            feeds=_feeds(question, row=item.row, panel=item.panel),
        )


@items_of.register
def _(question: WrittenText, shared: Shared, scale: None) -> Iterator[Item]:
    yield _whole(question, kind="text").model_copy(update={"hint": question.hint or shared.text_hint})


@items_of.register
def _(question: WrittenNumber, shared: Shared, scale: None) -> Iterator[Item]:
    limits = {"minimum": _decimal(question.min), "maximum": _decimal(question.max), "whole": question.whole}
    yield _whole(question, kind="number").model_copy(update=limits)


@items_of.register
def _(question: WrittenDate, shared: Shared, scale: None) -> Iterator[Item]:
    yield _whole(question, kind="date")


def _whole(question: WrittenAsked, *, kind: ItemKind, scale: Scale | None = None) -> Item:
    """The item that is the question itself."""
    return Item(
        code=question.code,
        question_code=question.code,
        label=question.wording,
        short=question.short or question.wording,
        kind=kind,
        hint=question.hint or "",
        scale=scale,
        shown_when=question.shown_when,
        recommendations=question.recommendations,
        feeds=_feeds(question),
    )


def _follow_up(question: WrittenAsked, details: WrittenDetails | WrittenYesDetails, when: Rule, shared: Shared) -> Item:
    return Item(
        code=f"{question.code}.{DETAILS}",
        question_code=question.code,
        label=details.label,
        short=f"{question.short or question.wording}: details",
        kind="text",
        hint=details.hint or shared.text_hint,
        shown_when=_both(question.shown_when, when),
        follow_up=True,
        recommendations=question.recommendations,
        feeds=_feeds(question),
    )


def _feeds(
    question: WrittenAny, *, row: str | None = None, column: str | None = None, panel: str | None = None
) -> tuple[Feed, ...]:
    panel = panel or question.panel
    return tuple(Feed(table=table, row=row, column=column, panel=panel) for table in question.feeds)


def _both(first: Rule | None, second: Rule | None) -> Rule | None:
    return AllOf.model_validate({"all": [first, second]}) if first and second else first or second


def _decimal(number: float | None) -> Decimal | None:
    """The limit as it was written: YAML's 200 and 0.5, not 200.0."""
    if number is None:
        return None
    return Decimal(int(number)) if number.is_integer() else Decimal(str(number))
