"""Service: one chair succeeds another. The board's returns stay as they are, with all that was written."""

from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import account_words
from accounts.models import User
from accounts.people import clean_email
from respondents.register.appointing import replace_chair
from respondents.register.history import hold_register
from respondents.register.models import Board
from respondents.returns.models import Return
from respondents.returns.recording import record_about
from respondents.returns.refusals import NoLongerChair
from respondents.together.models import Contribution, SignatureOutcome, SignatureRequest, Transfer
from respondents.together.notify import notify

SUCCEEDED = declare("board.chair_changed", "Recorded a board’s new chair")


@transaction.atomic
def transfer_return(
    found: Return, *, outgoing: User | None, email: str, name: str, reason: str, by: User, now: datetime
) -> Transfer:
    """Makes the person with this address chair of the return's board from today, in place of `outgoing` if named.

    Recorded with the reason. Raises NoLongerChair when the outgoing person does not chair the board any more, and
    ValidationError for what is no address, or one of the survey team.
    """
    if found.board is None:
        raise NoLongerChair("This return names no board, so nobody chairs it.")
    hold_register()  # before the returns, so that nobody who saves waits for an import of the register
    _settle_returns(found.board, email, by=by, now=now)  # the database shows them to whoever still chairs the board
    successor = replace_chair(found.board, outgoing=outgoing, name=name, email=email, reason=reason, by=by, now=now)
    transfer = Transfer.objects.create(
        board=found.board,
        survey_return=found,
        from_person=outgoing,
        to_person=successor,
        reason=reason,
        made_by=by,
        made_at=now,
    )
    for person in filter(None, (successor, outgoing)):
        notify(
            person,
            key=f"succession-{transfer.pk}-{person.pk}",
            subject="A return has a new chair",
            template="succession",
            found=found,
            about={"by": by, "successor": successor, "outgoing": outgoing, "reason": reason},
            now=now,
        )
    if by.is_staff:
        left = account_words(outgoing) if outgoing else ""
        record_about(found, SUCCEEDED, by=by, now=now, outgoing=left, successor=account_words(successor))
    return transfer


def _settle_returns(board: Board, successor: str, *, by: User, now: datetime) -> None:
    """The new chair is asked nothing any more, for they may do all; nothing waits for a signature asked by another."""
    returns = [found.pk for found in Return.objects.select_for_update().filter(board=board).order_by("pk")]
    asked = Contribution.objects.filter(survey_return__in=returns, person__email=clean_email(successor)).current()
    asked.update(removed_at=now, removed_by=by)
    for request in SignatureRequest.objects.filter(survey_return__in=returns).waiting():
        request.end(SignatureOutcome.TAKEN_BACK, by=by, now=now)
    Return.objects.filter(pk__in=returns).update(awaiting_version=None)
