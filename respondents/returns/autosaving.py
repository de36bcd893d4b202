"""Services: saves what an open page sends, by itself or by a button; what arrives late never undoes what is newer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.store.busy import once_more
from respondents.returns.models import Return
from respondents.returns.saving import Conflict, Saved, Sending, save_answers
from respondents.returns.tabs import take_turn


@dataclass(frozen=True)
class Overtaken:
    """Nothing was stored: the same page has sent something newer already."""


@once_more
@transaction.atomic
def autosave_answers(found: Return, sending: Sending, *, person: User, now: datetime) -> Saved | Conflict | Overtaken:
    """Stores what a page sends by itself, as `save_answers` does, unless the page has sent something newer."""
    if sending.tab and not take_turn(found, person=person, tab=sending.tab, now=now):
        return Overtaken()
    return save_answers(found, sending, person=person, now=now)


def save_page(found: Return, sending: Sending, *, person: User, now: datetime) -> Saved | Conflict:
    """Stores what a person sends by a button; whatever the page sent by itself before and arrives later is too late."""
    if sending.tab:
        take_turn(found, person=person, tab=sending.tab, now=now)
    return save_answers(found, sending, person=person, now=now)
