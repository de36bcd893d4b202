"""Service: the house style as it is from now on, as the next version."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.refusals import Overtaken
from analysis.house_style.models import HouseStyleVersion

CHANGED = declare("house_style.changed", "Changed the house style")
SOMEBODY_ELSE = (
    "Somebody else changed the house style while you were at it, and nothing of yours was saved. Look at the version "
    "that stands now, then change it."
)


class ChangedMeanwhile(Overtaken):
    """Another version was saved since the form was opened."""

    title = "The house style was changed meanwhile"


@dataclass(frozen=True)
class Wanted:
    """Everything that a version says; `logo` is the digest of a kept picture, or nothing."""

    department: str
    publisher: str
    contact: str
    main: str
    accent: str
    logo: str
    logo_words: str


def change_house_style(wanted: Wanted, *, base: int, by: User, now: datetime) -> int:
    """The number of the version that says this: a new one unless the latest does.

    ChangedMeanwhile if the latest is not `base`.
    """
    latest = HouseStyleVersion.objects.first()
    number = latest.number if latest else 0
    changed = _changed(latest, wanted)
    if latest and not changed:
        return number
    if number != base:
        raise ChangedMeanwhile(SOMEBODY_ELSE)
    try:
        with transaction.atomic():
            _add(wanted, number=number + 1, changed=changed, by=by, now=now)
    except IntegrityError:
        raise ChangedMeanwhile(SOMEBODY_ELSE) from None
    return number + 1


def _add(wanted: Wanted, *, number: int, changed: list[str], by: User, now: datetime) -> None:
    said = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    logo = said.pop("logo") or None
    row = HouseStyleVersion.objects.create(**said, logo_id=logo, number=number, changed_by=by, changed_at=now)
    record(CHANGED, by=by, subject=row, about="House style", detail={"version": number, "changed": changed}, now=now)


def _changed(latest: HouseStyleVersion | None, wanted: Wanted) -> list[str]:
    """The names of what differs; everything that is said, where this is the first version."""
    if latest is None:
        return [each.name for each in fields(wanted) if getattr(wanted, each.name)]
    before = {each.name: getattr(latest, each.name) for each in fields(wanted)} | {"logo": latest.logo_id or ""}
    return [name for name, value in before.items() if getattr(wanted, name) != value]
