"""Names of people who answered or declared on the telephone: they go with the names of the register, not with words."""

from collections.abc import Callable, Sequence
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
    """Returns that closed long ago and still say who spoke for the board."""
    past = kept("voices").before(now)
    over = Return.objects.filter(wave__closes_at__lte=past).exclude(pk__in=open_after(past).values("pk"))
    spoke = Call.objects.filter(survey_return=OuterRef("pk")).exclude(voice=ERASED_NAME)
    declared = Submission.objects.filter(survey_return=OuterRef("pk")).exclude(declared_by__in=("", ERASED_NAME))
    return over.filter(Exists(spoke) | Exists(declared))


def erase(rows: "models.QuerySet[models.Model]", keys: Sequence[Any], now: datetime) -> None:
    """Takes every such name out of these returns."""
    for found in Return.objects.filter(pk__in=keys):
        _erase_names(found, is_theirs=bool)


def erase_voice(person: User) -> None:
    """Takes this person's own name out of what was told on the telephone, on the returns they were on."""
    name = person.name
    if not name:
        return
    said = Q(calls__voice__iexact=name) | Q(submissions__declared_by__iexact=name)
    on = Q(board__appointments__person=person) | Q(contributions__person=person)
    for found in Return.objects.filter(pk__in=Return.objects.filter(said).filter(on).values("pk")):
        _erase_names(found, is_theirs=lambda said: said.casefold() == name.casefold())


@transaction.atomic
def _erase_names(found: Return, *, is_theirs: Callable[[str], bool]) -> None:
    found = lock_return(found)
    for call in found.calls.all():
        if is_theirs(call.voice):
            call.voice = ERASED_NAME
            call.save(update_fields=["voice"])
    spoken = found.saves.filter(source=SaveSource.TELEPHONE)
    rewrite([_without(save) for save in spoken if is_theirs(_voice(save))])
    declared = [sent for sent in found.submissions.exclude(declared_by="") if is_theirs(sent.declared_by)]
    for sent in declared:
        sent.declared_by = ERASED_NAME
    rewrite(declared)


def _voice(save: Save) -> str:
    return str(save.note.get("telephone", {}).get("voice", ""))


def _without(save: Save) -> Save:
    save.note = {**save.note, "telephone": {**save.note["telephone"], "voice": ERASED_NAME}}
    return save
