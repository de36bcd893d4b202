"""Everything that is held about one person; what nobody thought to list is found by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst

from accounts.codes.models import SignInCode
from accounts.models import User
from accounts.outbox.models import Message, MessageKind
from respondents.copies.written import BOARD, RECORDED, WRITTEN, recorded_by, written_by
from respondents.register.models import Appointment
from respondents.returns.models import Save, Submission
from respondents.together.models import Contribution, Part

Cell = str | date | datetime | None
Row = tuple[Cell, ...]
Naming = models.ForeignKey[Any, Any]
# These have a list of their own; whatever else points to a person is found by looking.
LISTED = {(Appointment, "person"), (Contribution, "person"), (Save, "made_by"), (Submission, "submitted_by")}
LISTED |= {(column.model, column.who) for column in (*WRITTEN, *RECORDED)}


@dataclass(frozen=True)
class Holding:
    """Rows of one kind that name the person."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def held_about(person: User) -> tuple[Holding, ...]:
    """Every holding, the empty ones too: that nothing is held is an answer."""
    return (
        _account(person),
        _appointments(person),
        _contributions(person),
        _saves(person),
        _submissions(person),
        Holding(
            "What you wrote beside the answers", ("What", "Board", "About", "Time", "Words"), tuple(written_by(person))
        ),
        Holding(
            "What you recorded on returns", ("What", "Board", "Section", "Time", "Recorded"), tuple(recorded_by(person))
        ),
        _messages(person),
        _codes(person),
        _others(person),
    )


def _account(person: User) -> Holding:
    rows = (
        ("Name", person.name),
        ("Email address", person.email),
        ("What you come for", person.get_role_display()),
        ("Account made", person.joined_at),
        ("Last signed in", person.last_login),
    )
    return Holding("Your account", ("What", "Value"), rows)


def _appointments(person: User) -> Holding:
    rows = Appointment.objects.filter(person=person).values_list("board__name", "from_date", "until_date")
    return Holding("Boards you chair or have chaired", ("Board", "From", "Until"), tuple(rows))


def _contributions(person: User) -> Holding:
    found = Contribution.objects.filter(person=person).order_by("invited_at")
    rows = found.values_list(BOARD, "part", "sections", "invited_at", "removed_at")
    named = ((board, Part(part).label, ", ".join(sections), *times) for board, part, sections, *times in rows)
    return Holding(
        "Returns you were asked to work on",
        ("Board", "What you were asked to do", "Sections", "Asked", "Ended"),
        tuple(named),
    )


def _saves(person: User) -> Holding:
    """When something was saved and of which items; what stood there is in the return's own copies."""
    rows = Save.objects.filter(made_by=person).order_by("made_at").values_list(BOARD, "made_at", "changes", "set_aside")
    named = ((board, made_at, ", ".join([*changes, *aside])) for board, made_at, changes, aside in rows)
    return Holding("Saves you made", ("Board", "Time", "Items"), tuple(named))


def _submissions(person: User) -> Holding:
    rows = Submission.objects.filter(submitted_by=person).order_by("submitted_at")
    named = rows.values_list(BOARD, Cast("number", models.CharField()), "submitted_at", "reference", "digest")
    return Holding("Returns you submitted", ("Board", "Submission", "Time", "Reference", "Digest"), tuple(named))


def _messages(person: User) -> Holding:
    sent = Message.objects.filter(recipient=person.email)
    rows = sent.values_list("kind", "subject", "text", "created_at", "sent_at")
    named = ((str(MessageKind(kind).label), subject, text, *times) for kind, subject, text, *times in rows)
    return Holding("Messages to your address", ("Kind", "Subject", "Text", "Written", "Sent"), tuple(named))


def _codes(person: User) -> Holding:
    """The latest sign-ins: the code itself is kept by nobody."""
    asked = SignInCode.objects.filter(email=person.email).order_by("asked_at")
    rows = asked.values_list("asked_at", "used_at", Cast("tries", models.CharField()))
    columns = ("Asked for", "Signed in with it", "Times a code was entered")
    return Holding("Sign-in codes asked for with your address", columns, tuple(rows))


def _others(person: User) -> Holding:
    """Every row of any table that names the person and is in no list above: what it is, when, and of which board."""
    first, *more = (_naming(person, field) for field in fields_naming_people())
    rows = sorted(first.union(*more, all=True), key=lambda row: str(row[1] or ""))
    return Holding("Other records that name you", ("Record", "Time", "Board"), tuple(rows))


def fields_naming_people() -> Iterator[Naming]:
    """Every column of any table that points to a person and is in no list above."""
    for field in (field for model in apps.get_models() for field in _columns(model)):
        if isinstance(field, models.ForeignKey) and field.related_model is User and not _is_listed(field):
            yield field


def _naming(person: User, field: Naming) -> "models.QuerySet[Any, tuple[str, datetime | None, str]]":
    names = {each.name for each in _columns(field.model)}
    board = BOARD if "survey_return" in names else "board__name" if "board" in names else None
    when = _moment_of(field)
    every: models.QuerySet[Any] = field.model._default_manager.all()  # noqa: SLF001 -- Django documents it
    rows = every.filter(**{field.name: person}).order_by()
    described: models.QuerySet[Any, tuple[str, datetime | None, str]] = rows.annotate(
        naming_what=Value(_described(field), models.CharField()),
        naming_when=F(when) if when else Value(None, models.DateTimeField()),
        naming_where=F(board) if board else Value("", models.CharField()),
    ).values_list("naming_what", "naming_when", "naming_where")
    return described


def _is_listed(field: Naming) -> bool:
    return (field.model, field.name) in LISTED


def _moment_of(field: Naming) -> str | None:
    """The time that goes with the person: `made_at` with `made_by`; else the first there is."""
    times = [each.name for each in _columns(field.model) if isinstance(each, models.DateTimeField)]
    wanted = field.name.removesuffix("_by") + "_at"
    return wanted if wanted in times else next(iter(times), None)


def _columns(model: type[models.Model]) -> Sequence["models.Field[Any, Any]"]:
    return model._meta.concrete_fields  # noqa: SLF001 -- Django documents it


def _described(field: Naming) -> str:
    model = field.model._meta.verbose_name  # noqa: SLF001 -- Django documents it
    return f"{capfirst(str(model))}, {field.verbose_name}"
