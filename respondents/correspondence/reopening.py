"""Services: a chair asks for sections to be reopened after closing; the survey team decides, and says why."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.audit.acts import declare
from accounts.models import User
from accounts.outbox.models import Message
from accounts.outbox.queueing import queue_messages
from respondents.contacts.granting import messages_about
from respondents.contacts.models import TemplateKind
from respondents.correspondence.models import Decision, ReopeningWish
from respondents.correspondence.notices import Notice, board_path, team, team_path, tell
from respondents.correspondence.refusals import NothingToReopen, NoWishWaits
from respondents.returns.models import Return
from respondents.returns.openness import is_in_time
from respondents.returns.people import chairs_of, people_on
from respondents.returns.recording import record_about
from respondents.returns.reopening import Reopening
from respondents.returns.saving import lock_return
from survey.moments import moment_in_words

REOPENED = declare("return.reopened", "Reopened a return")
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
def reopen(
    found: Return, *, sections: Collection[str], until: datetime, reason: str, key: UUID, by: User, now: datetime
) -> Reopening:
    """Lets the people on the return answer these sections and submit until then; grants the wish that waits, if any."""
    found = lock_return(found)
    if granted := found.reopenings.filter(key=key).first():
        return granted
    reopening = Reopening(
        survey_return=found,
        key=key,
        sections=in_order(found, sections),
        until=until,
        reason=reason,
        granted_by=by,
        granted_at=now,
    )
    reopening.save()
    decided = {"decision": Decision.GRANTED, "decided_by": by, "decided_at": now, "reopening": reopening}
    found.reopening_wishes.waiting().update(**decided)
    queue_messages(_reopened(found, reopening, now=now))
    said = {"sections": reopening.sections, "until": until.isoformat()}
    record_about(found, REOPENED, by=by, now=now, **said, was_submitted=found.submitted_version is not None)
    return reopening


@transaction.atomic
def decline(found: Return, *, reason: str, by: User, now: datetime) -> ReopeningWish:
    """The wish that waits is not granted, for this reason; raises NoWishWaits if none does."""
    found = lock_return(found)
    wish = found.reopening_wishes.waiting().first()
    if wish is None:
        raise NoWishWaits("No board is waiting for this decision. Go back to the messages to see what was decided.")
    wish.decision, wish.decision_reason, wish.decided_by, wish.decided_at = Decision.DECLINED, reason, by, now
    wish.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    sentence = "The survey team has decided on your wish to reopen your return."
    path = board_path(found, "reopening")
    tell(chairs_of(found, now=now), found, Notice(f"declined:{wish.pk}", "A decision", sentence, path), now=now)
    record_about(found, DECLINED, by=by, now=now, wish=wish.pk)
    return wish


def in_order(found: Return, sections: Collection[str]) -> list[str]:
    """The codes of those sections that the questionnaire has, in its order."""
    return [section.code for section in found.wave.questionnaire.sections if section.code in sections]


def _reopened(found: Return, reopening: Reopening, *, now: datetime) -> Iterator[Message]:
    """Tells that there is something to read; which sections and why stays behind the sign-in."""
    link = f"{settings.SITE_URL.rstrip('/')}{board_path(found, 'reopening')}"
    told = ((found, person, link) for person in people_on(found, now=now))
    beside = {"until": moment_in_words(reopening.until)}
    key = f"reopening:{reopening.pk}"
    return messages_about(found.wave, TemplateKind.REOPENING, told, key=key, beside=beside, now=now)
