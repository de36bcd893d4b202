"""Services: saves what an open page sends, by itself or by a button; what arrives late never undoes what is newer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.store.busy import once_more
from respondents.returns.models import Return
from respondents.returns.saving import Conflict, Saved, Settlement, save_answers
from respondents.returns.tabs import Tab, take_turn
from survey.schema.answers import Value


@dataclass(frozen=True)
class Overtaken:
    """Nothing was stored: the same page has sent something newer already."""


@once_more
@transaction.atomic
def autosave_answers(
    found: Return, *, person: User, base_version: int, sent: Mapping[str, Value], tab: Tab, now: datetime
) -> Saved | Conflict | Overtaken:
    """Stores what a page sends by itself, as `save_answers` does, unless the page has sent something newer."""
    if not take_turn(found, person=person, tab=tab, now=now):
        return Overtaken()
    return save_answers(found, person=person, base_version=base_version, sent=sent, now=now, tab=tab)


def save_page(
    found: Return,
    *,
    person: User,
    base_version: int,
    sent: Mapping[str, Value],
    now: datetime,
    tab: Tab | None,
    confirmed: Collection[str] = (),
    settled: Settlement | None = None,
) -> Saved | Conflict:
    """Stores what a person sends by a button; whatever the page sent by itself before and arrives later is too late."""
    if tab:
        take_turn(found, person=person, tab=tab, now=now)
    return save_answers(
        found,
        person=person,
        base_version=base_version,
        sent=sent,
        now=now,
        tab=tab,
        confirmed=confirmed,
        settled=settled,
    )
