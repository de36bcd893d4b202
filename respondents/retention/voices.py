"""Names of people who answered or declared on the telephone: they go with the names of the register, not with words.

The service of pages may not touch saves and submissions. So one person's name goes from their calls at once, and from
what was saved and declared in them when the worker next forgets.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.erasing import rewrite
from accounts.models import User
from accounts.people import ERASED_NAME
from accounts.periods import kept
from accounts.store.reach import seeing_everything
from respondents.retention.open_since import open_after
from respondents.returns.models import Return, Save, SaveSource, Submission
from respondents.returns.saving import lock_return
from respondents.returns.telephone import Call


def voices(now: datetime) -> "models.QuerySet[Return]":
    """Returns that still say who spoke for the board: those that closed long ago, and those of who was erased since."""
    past = kept("voices").before(now)
    calls = Call.objects.filter(survey_return=OuterRef("pk"))
    declared = (
        Submission.objects.filter(survey_return=OuterRef("pk")).filter(name_erased_at=None).exclude(declared_by="")
    )
    is_over = Q(wave__closes_at__lte=past) & ~Q(pk__in=open_after(past).values("pk"))
    says = Exists(calls.exclude(voice=ERASED_NAME)) | Exists(declared)
    return Return.objects.filter((is_over & says) | Exists(calls.filter(is_erased=True)) | ~Q(declarers_erased=[]))


def erase(rows: "models.QuerySet[models.Model]", keys: Sequence[Any], now: datetime) -> None:
    """Takes these names out: all of a return that closed long ago, otherwise those of calls that were erased."""
    past = kept("voices").before(now)
    going = set(open_after(past).filter(pk__in=keys).values_list("pk", flat=True))
    for found in Return.objects.filter(pk__in=keys):
        _erase_names(found, is_whole=found.pk not in going, now=now)


@seeing_everything()  # whoever erases a person sees nobody's return
def erase_calls(person: User, *, names: Collection[str]) -> None:
    """Takes these names of one person out of the calls on returns they were on; the rest is due from now on.

    Who declared a return is asked for by itself: it need not be whose voice the call was begun with.
    """
    said, theirs = {name.casefold() for name in names if name}, set(_on(person).values_list("pk", flat=True))
    calls = Call.objects.filter(survey_return__in=theirs).values_list("pk", "voice")
    spoken = [pk for pk, voice in calls if voice.casefold() in said]
    Call.objects.filter(pk__in=spoken).update(voice=ERASED_NAME, is_erased=True)
    declared = Submission.objects.filter(survey_return__in=theirs, name_erased_at=None).exclude(declared_by="")
    due: dict[UUID, set[int]] = defaultdict(set)
    for key, number, name in declared.values_list("survey_return", "number", "declared_by"):
        if name.casefold() in said:
            due[key].add(number)
    for found in Return.objects.select_for_update().filter(pk__in=list(due)):
        found.declarers_erased = sorted({*found.declarers_erased, *due[found.pk]})
        found.save(update_fields=["declarers_erased"])


def _on(person: User) -> "models.QuerySet[Return]":
    """Returns that this person was on, and those that were settled with one of their boards."""
    own = Return.objects.filter(Q(board__appointments__person=person) | Q(contributions__person=person))
    return Return.objects.filter(Q(pk__in=own.values("pk")) | Q(attributions__survey_return__in=own.values("pk")))


@transaction.atomic
def _erase_names(found: Return, *, is_whole: bool, now: datetime) -> None:
    found = lock_return(found)
    calls = list(found.calls.all() if is_whole else found.calls.filter(is_erased=True))
    numbers = {call.pk for call in calls}
    spoken = found.saves.filter(source=SaveSource.TELEPHONE)
    rewrite([_without(save) for save in spoken if is_whole or save.note.get("telephone", {}).get("call") in numbers])
    declared = found.submissions.filter(name_erased_at=None).exclude(declared_by="")
    going = [sent for sent in declared if is_whole or sent.number in found.declarers_erased]
    rewrite([undeclared(sent, now=now) for sent in going])
    found.calls.filter(pk__in=numbers).update(voice=ERASED_NAME, is_erased=False)
    found.declarers_erased = []
    found.save(update_fields=["declarers_erased"])


def _without(save: Save) -> Save:
    if "telephone" in save.note:
        save.note = {**save.note, "telephone": {**save.note["telephone"], "voice": ERASED_NAME}}
    return save


def undeclared(sent: Submission, *, now: datetime) -> Submission:
    """The same without the name of who declared it, if anybody did, and with when it was erased."""
    if sent.declared_by and sent.name_erased_at is None:
        sent.declared_by, sent.name_erased_at = ERASED_NAME, now
    return sent
