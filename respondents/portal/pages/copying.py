"""The page that says what would be copied from another return."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.pages.place import Place, last_change, place_of
from respondents.returns.copying import copyable
from respondents.returns.models import Return
from survey.counting import counted


@dataclass(frozen=True)
class CopyPage:
    """How many answers would come from where; without an address there is nothing to copy."""

    place: Place
    title: str
    lead: str
    last_change: str
    copy_url: str
    returns_url: str


def copy_page(found: Return, source: Return, *, person: User, now: datetime) -> CopyPage:
    """What copying would do."""
    number = len(copyable(source, into=found))
    lead = f"{counted(number, 'answer')} would be copied to what is still empty for {found.board}."
    return CopyPage(
        place=place_of(found, now=now),
        title=f"Start from your answers for {source.board}",
        lead=lead if number else f"There is nothing to copy: all that {source.board} answered is answered here too.",
        last_change=last_change(source, reader=person, now=now),
        copy_url=reverse("portal:copy_now", args=[found.pk, source.pk]) if number else "",
        returns_url=reverse("portal:returns"),
    )
