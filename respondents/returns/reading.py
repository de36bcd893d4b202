"""Reads one return for one person, at every page they ask for."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.prepared import Given, Prepared
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return
from respondents.returns.standing import Standing

BY_ID = Prepared(
    lambda pk: Return.objects.select_related("wave", "board").filter(pk=pk),
    pk=Given(Return, "id", UUID(int=987_654_321)),
)
CURRENT = Prepared(
    lambda person, board, day: (
        Appointment.objects.filter(person=person, board=board).current_on(day).values_list("pk", flat=True)[:1]
    ),
    person=Given(User, "id", 987_654_321),
    board=Given(Board, "id", 123_456_789),
    day=Given(Appointment, "from_date", date(1990, 1, 1)),
)


def read_for(person: User, *, return_id: UUID, now: datetime) -> Return | None:
    """The return with what the person may do there now, or nothing where they may do nothing."""
    found = next(iter(BY_ID.rows(pk=return_id)), None)
    if found is None:
        return None
    found.told = _standing(person, found, now=now)
    return found if found.told.is_on_return else None


def _standing(person: User, found: Return, *, now: datetime) -> Standing:
    """A chair is told by one look-up; only others, or where a signature is waited for, by what they were asked."""
    is_chair = found.board_id is not None and bool(
        CURRENT.rows(person=person.pk, board=found.board_id, day=timezone.localdate(now))
    )
    if is_chair and found.awaiting_version is None:
        return Standing(is_chair=True)
    asked = {each.part: each.sections for each in person.contributions.current().filter(survey_return=found)}
    return Standing(is_chair, is_signer="signer" in asked, sections=frozenset(asked.get("contributor", ())))
