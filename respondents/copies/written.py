"""What one person wrote and recorded beside the answers, whatever it was for: each in one query over many tables."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast

from accounts.models import User
from respondents.correspondence.models import (
    Feedback,
    Query,
    QueryStep,
    ReopeningRequest,
    ReopeningWish,
    Satisfaction,
    TeamMessage,
)
from respondents.together.models import Comment, Consultation, Consulted, Handback, SignatureRequest, Transfer

BOARD = "survey_return__board__name"
READY, CONSULTED, SATISFIED = "Section handed back", "Who was consulted", "How satisfied you were"
Row = tuple[str, str, str, datetime, str]


@dataclass(frozen=True)
class Column:
    """A column in which people write: what it is, who writes, when, and what it is about."""

    what: str
    model: type[models.Model]
    who: str
    when: str
    said: str
    about: str = ""
    board: str = BOARD


WRITTEN = (
    Column("Comment", Comment, "written_by", "written_at", "text", "section"),
    Column("Message", TeamMessage, "written_by", "written_at", "text"),
    Column("Query", Query, "asked_by", "asked_at", "text", "item"),
    Column("Step in a query", QueryStep, "made_by", "made_at", "text", "query__item", f"query__{BOARD}"),
    Column("Wish to reopen", ReopeningWish, "asked_by", "asked_at", "reason"),
    Column("Decision on a wish to reopen", ReopeningWish, "decided_by", "decided_at", "decision_reason"),
    Column("Reason for reopening", ReopeningRequest, "asked_by", "asked_at", "reason"),
    Column("Decision on reopening", ReopeningRequest, "decided_by", "decided_at", "decision_reason"),
    Column("End of a request for a signature", SignatureRequest, "ended_by", "ended_at", "reason"),
    Column("Reason for passing on a board", Transfer, "made_by", "made_at", "reason"),
    Column("What could be done better", Feedback, "person", "given_at", "comment"),
)
RECORDED = (
    Column(READY, Handback, "marked_by", "marked_at", "is_ready", "section"),
    Column(CONSULTED, Consultation, "recorded_by", "recorded_at", "consulted", "section"),
    Column("Who else was consulted", Consultation, "recorded_by", "recorded_at", "who_else", "section"),
    Column(SATISFIED, Feedback, "person", "given_at", "satisfaction"),
    Column("Minutes the return took", Feedback, "person", "given_at", "minutes"),
)


def written_by(person: User) -> list[Row]:
    """Every word the person wrote beside the answers: what, at which board, about what, when, the words."""
    return _told(person, WRITTEN)


def recorded_by(person: User) -> list[Row]:
    """What the person recorded by choosing, in the same shape."""
    return [
        (what, board, about, when, _in_words(what, said)) for what, board, about, when, said in _told(person, RECORDED)
    ]


def _told(person: User, columns: tuple[Column, ...]) -> list[Row]:
    first, *more = (_rows(person, column) for column in columns)
    return sorted((row for row in first.union(*more, all=True) if row[-1]), key=lambda row: row[3])


def _rows(person: User, column: Column) -> "models.QuerySet[Any, Row]":
    rows: models.QuerySet[Any] = column.model._default_manager.filter(**{column.who: person})  # noqa: SLF001
    told: models.QuerySet[Any, Row] = (
        rows.order_by()
        .annotate(
            held_what=Value(column.what, models.CharField()),
            held_where=F(column.board),
            held_about=F(column.about) if column.about else Value("", models.CharField()),
            held_when=F(column.when),
            held_said=Cast(column.said, models.TextField()),
        )
        .values_list("held_what", "held_where", "held_about", "held_when", "held_said")
    )
    return told


def _in_words(what: str, said: str) -> str:
    """What was chosen, as the database writes it, in words."""
    if what == READY:
        return "Ready" if said in {"1", "true"} else "Not ready after all"
    if what == CONSULTED:
        return "; ".join(str(Consulted(value).label) for value in json.loads(said)) or "Nothing"
    return str(Satisfaction(int(said)).label) if what == SATISFIED else said
