"""Services: a chair asks for sections to be reopened after closing; the survey team may decline, and says why."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.models import User
from respondents.correspondence.granting import end_waiting, in_order
from respondents.correspondence.models import Decision, ReopeningWish
from respondents.correspondence.notices import Notice, board_path, team, team_path, tell
from respondents.correspondence.refusals import NothingToReopen, NoWishWaits
from respondents.returns.models import Return
from respondents.returns.openness import is_in_time
from respondents.returns.people import chairs_of
from respondents.returns.recording import record_about
from respondents.returns.saving import lock_return

DECLINED = declare("return.reopening_declined", "Declined to reopen a return")
OPEN = "The survey is open: answer and submit from the task list. Nobody has to reopen anything."
NOT_YET = "The survey is not open yet. You can answer once it has opened."


def require_closed(found: Return, *, now: datetime) -> None:
    """Raises NothingToReopen unless the survey has closed."""
    if now < found.closes_at:
        raise NothingToReopen(OPEN if is_in_time(found, now=now) else NOT_YET)


@transaction.atomic
def ask_to_reopen(found: Return, *, sections: Collection[str], reason: str, by: User, now: datetime) -> ReopeningWish:
    """The chair's wish; while one waits, asking again changes nothing. Raises NothingToReopen before closing."""
    found = lock_return(found)
    require_closed(found, now=now)
    if waiting := found.reopening_wishes.waiting().first():
        return waiting
    wish = ReopeningWish.objects.create(
        survey_return=found, sections=in_order(found, sections), reason=reason, asked_by=by, asked_at=now
    )
    sentence = "A chair asks for a return to be reopened."
    notice = Notice(f"wish:{wish.pk}", "A board asks to reopen its return", sentence, team_path(found))
    tell(team(), found, notice, now=now)
    return wish


@transaction.atomic
def decline(found: Return, *, reason: str, by: User, now: datetime) -> ReopeningWish:
    """The wish that waits is not granted, for this reason, and a request to grant it ends; NoWishWaits if none does."""
    found = lock_return(found)
    wish = found.reopening_wishes.waiting().first()
    if wish is None:
        raise NoWishWaits("No board is waiting for this decision. Go back to the messages to see what was decided.")
    end_waiting(found, reason=reason, by=by, now=now)
    wish.decision, wish.decision_reason, wish.decided_by, wish.decided_at = Decision.DECLINED, reason, by, now
    wish.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    sentence = "The survey team has decided on your wish to reopen your return."
    path = board_path(found, "reopening")
    tell(chairs_of(found, now=now), found, Notice(f"declined:{wish.pk}", "A decision", sentence, path), now=now)
    record_about(found, DECLINED, by=by, now=now, wish=wish.pk)
    return wish
