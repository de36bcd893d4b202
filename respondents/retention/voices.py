"""Names of people who answered or declared on the telephone: they go with the names of the register, not with words.

The service of pages may not touch saves and submissions. So one person's name goes from their calls at once, and from
what was saved and declared in them when the worker next forgets.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.erasing import rewrite
from accounts.models import User
from accounts.people import ERASED_NAME
from accounts.periods import kept
from respondents.retention.open_since import open_after
from respondents.returns.models import Return, Save, SaveSource, Submission
from respondents.returns.saving import lock_return
from respondents.returns.telephone import Call


def voices(now: datetime) -> "models.QuerySet[Return]":
    """Returns that still say who spoke for the board: those that closed long ago, and those of who was erased since."""
    past = kept("voices").before(now)
    calls = Call.objects.filter(survey_return=OuterRef("pk"))
    declared = Submission.objects.filter(survey_return=OuterRef("pk")).exclude(declared_by__in=("", ERASED_NAME))
    is_over = Q(wave__closes_at__lte=past) & ~Q(pk__in=open_after(past).values("pk"))
    says = Exists(calls.exclude(voice=ERASED_NAME)) | Exists(declared)
    return Return.objects.filter((is_over & says) | Exists(calls.filter(is_erased=True)))


def erase(rows: "models.QuerySet[models.Model]", keys: Sequence[Any], now: datetime) -> None:
    """Takes these names out: all of a return that closed long ago, otherwise those of calls that were erased."""
    past = kept("voices").before(now)
    going = set(open_after(past).filter(pk__in=keys).values_list("pk", flat=True))
    for found in Return.objects.filter(pk__in=keys):
        _erase_names(found, is_whole=found.pk not in going)


def erase_calls(person: User) -> None:
    """Takes this person's own name out of the calls on returns they were on; the rest is due from now on."""
    on = Q(survey_return__board__appointments__person=person) | Q(survey_return__contributions__person=person)
    theirs = Call.objects.filter(on, voice__iexact=person.name).values_list("pk", flat=True)
    Call.objects.filter(pk__in=set(theirs)).update(voice=ERASED_NAME, is_erased=True)


@transaction.atomic
def _erase_names(found: Return, *, is_whole: bool) -> None:
    found = lock_return(found)
    calls = list(found.calls.all() if is_whole else found.calls.filter(is_erased=True))
    numbers = {call.pk for call in calls}
    spoken = found.saves.filter(source=SaveSource.TELEPHONE)
    rewrite([_without(save) for save in spoken if is_whole or save.note.get("telephone", {}).get("call") in numbers])
    declared = found.submissions.exclude(declared_by="")
    rewrite([_undeclared(sent) for sent in declared if is_whole or any(_was_in(call, sent) for call in calls)])
    found.calls.filter(pk__in=numbers).update(voice=ERASED_NAME, is_erased=False)


def _was_in(call: Call, sent: Submission) -> bool:
    """Whether it was declared in this call: a member of staff has one at a time on a return."""
    ended = call.ended_at or call.lasts_until
    return sent.submitted_by_id == call.opened_by_id and call.opened_at <= sent.submitted_at <= ended


def _without(save: Save) -> Save:
    if "telephone" in save.note:
        save.note = {**save.note, "telephone": {**save.note["telephone"], "voice": ERASED_NAME}}
    return save


def _undeclared(sent: Submission) -> Submission:
    sent.declared_by = ERASED_NAME
    return sent
