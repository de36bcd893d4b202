"""What people wrote in their own words, in answers and beside them: erased return by return, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.append_only import AppendOnlyModel
from accounts.erasing import rewrite
from accounts.people import ERASED_NAME
from accounts.periods import kept
from respondents.contacts.models import ContactEntry, OutcomeDecision
from respondents.correspondence.models import Feedback, Query, QueryStep, ReopeningRequest, ReopeningWish, TeamMessage
from respondents.retention.voices import undeclared
from respondents.returns.attribution import Attribution
from respondents.returns.extension import Extension
from respondents.returns.models import Return, Save, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.saving import lock_return
from respondents.returns.telephone import Call
from respondents.together.models import Comment, Consultation, SignatureRequest, Transfer
from survey.schema.document import Questionnaire

ERASED = "(Words erased: the time for keeping them is over.)"
# Columns in which people write freely, by the path from the row to its return.
WRITTEN_ONCE: tuple[tuple[type[AppendOnlyModel], str, tuple[str, ...]], ...] = (
    (Comment, "survey_return", ("text",)),
    (TeamMessage, "survey_return", ("text",)),
    (Query, "survey_return", ("text",)),
    (QueryStep, "query__survey_return", ("text",)),
    (Feedback, "survey_return", ("comment",)),
    (Consultation, "survey_return", ("who_else",)),
    (Transfer, "survey_return", ("reason",)),
    (Attribution, "survey_return", ("reason",)),
    (Reopening, "survey_return", ("reason",)),
    (Extension, "survey_return", ("reason",)),
    (ContactEntry, "survey_return", ("note",)),
    (OutcomeDecision, "survey_return", ("reason",)),
)
# Those of rows that change, with the moments at which they are written.
CHANGEABLE: tuple[tuple[type[models.Model], tuple[str, ...], tuple[str, ...]], ...] = (
    (ReopeningWish, ("reason", "decision_reason"), ("asked_at", "decided_at")),
    (ReopeningRequest, ("reason", "decision_reason"), ("asked_at", "decided_at")),
    (SignatureRequest, ("reason",), ("asked_at", "ended_at")),
    (Call, ("voice", "reason"), ("opened_at",)),
)
# What rooms to the left keep of the same words; they add it when they start.
further: list[tuple[type[AppendOnlyModel], str, tuple[str, ...]]] = []
# When a row of these was written, whatever its column is called.
MOMENTS = ("written_at", "made_at", "asked_at", "given_at", "recorded_at", "granted_at", "at")
Erase = Callable[[str, Any], Any]
R = TypeVar("R", bound=models.Model)


def texts(now: datetime) -> "models.QuerySet[Return]":
    """Returns of waves that closed long ago, and that were not open again since, with words still in them.

    What is written on a return whose words were erased is kept as long again, from when it was written.
    """
    past = kept("texts").before(now)
    over = Return.objects.filter(wave__closes_at__lte=past)
    over = over.exclude(reopenings__until__gt=past).exclude(extensions__until__gt=past)
    kinds: list[tuple[type[AppendOnlyModel], str]] = [(Save, "survey_return")]
    kinds += [(kind, path) for kind, path, _ in (*WRITTEN_ONCE, *further)]
    newer = [_has_newer(kind, path, _moment(kind), past) for kind, path in kinds]
    newer += [_has_newer(kind, "survey_return", each, past) for kind, _, moments in CHANGEABLE for each in moments]
    return over.filter(reduce(or_, newer, Q(texts_erased_at=None)))


def _moment(kind: type[models.Model]) -> str:
    names = {field.name for field in kind._meta.fields}  # noqa: SLF001 -- a documented name
    return next(name for name in MOMENTS if name in names)


def _has_newer(kind: type[models.Model], path: str, moment: str, past: datetime) -> Exists:
    """Whether a row of this kind was written on the return after its words were erased, and long ago."""
    written = {path: OuterRef("pk"), f"{moment}__gt": OuterRef("texts_erased_at"), f"{moment}__lte": past}
    return Exists(kind._default_manager.filter(**written))  # noqa: SLF001 -- Django documents it


def erase(rows: "models.QuerySet[models.Model]", keys: Sequence[Any], now: datetime) -> None:
    """Erases the words of these returns."""
    for found in Return.objects.filter(pk__in=keys):
        erase_return(found, now=now)


@transaction.atomic
def erase_return(found: Return, *, now: datetime) -> None:
    """Erases every word that was written freely on one return, and notes when. Codes, numbers and dates stay."""
    found = lock_return(found)
    one = _by_item(found.wave.questionnaire)
    found.texts, found.texts_erased_at = _all(found.texts, one), now
    found.save(update_fields=["texts", "texts_erased_at"])
    _rewrite(Save.objects.filter(survey_return=found), lambda save: _erase_save(save, one))
    _rewrite(Submission.objects.filter(survey_return=found), lambda sent: _erase_sent(sent, one, now=now))
    for model, path, columns in (*WRITTEN_ONCE, *further):
        _rewrite(model._default_manager.filter(**{path: found}), lambda row, names=columns: _blank(row, names, one))  # type: ignore[misc]  # noqa: SLF001
    for kind, columns, _ in CHANGEABLE:
        for row in kind._default_manager.filter(survey_return=found):  # noqa: SLF001 -- Django documents it
            _blank(row, columns, one).save(update_fields=columns)


def _by_item(questionnaire: Questionnaire) -> Erase:
    """What becomes of an answer: its words are erased unless they are a number or a date."""
    exact = {code for code, item in questionnaire.items.items() if item.kind in {"number", "date"}}
    return lambda code, value: ERASED if isinstance(value, str) and value and code not in exact else value


def _all(values: Mapping[str, Any], one: Erase) -> dict[str, Any]:
    return {code: one(code, value) for code, value in values.items()}


def _erase_save(save: Save, one: Erase) -> Save:
    changes = {code: [one(code, value) for value in pair] for code, pair in save.changes.items()}
    spoken = {"telephone": {**save.note["telephone"], "voice": ERASED_NAME}} if "telephone" in save.note else {}
    return _put(save, changes=changes, set_aside=_all(save.set_aside, one), note={**save.note, **spoken})


def _erase_sent(sent: Submission, one: Erase, *, now: datetime) -> Submission:
    return undeclared(_put(sent, texts=_all(sent.texts, one)), now=now)


def _blank(row: R, columns: Iterable[str], one: Erase) -> R:
    words = {name: ERASED for name in columns if getattr(row, name)}
    stood = {"stood": one(row.item, row.stood)} if isinstance(row, Query) else {}
    if isinstance(row, QueryStep):
        stood = {"stood": one(row.query.item, row.stood)}
    return _put(row, **words, **stood)


def _put(row: R, **values: object) -> R:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _rewrite(rows: "models.QuerySet[Any]", change: Callable[[Any], Any]) -> None:
    rewrite([change(row) for row in rows])
