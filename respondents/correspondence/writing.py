"""Services: messages between the people on a return and the survey team. The same form sent twice is one message."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.audit.acts import declare
from accounts.models import User
from respondents.correspondence.models import TeamMessage
from respondents.correspondence.notices import Notice, board_path, readers_of, team, team_path, tell
from respondents.returns.limits import EnoughForToday, since, what_is_enough
from respondents.returns.models import Return
from respondents.returns.recording import record_about

WROTE = declare("message.sent", "Wrote to a board")
READ = declare("messages.read", "Read the messages of a board")


def enough_messages(found: Return, *, key: UUID, by: User, now: datetime) -> str:
    """Why this person can write no further message just now; nothing while they can, or if this one is written."""
    if found.team_messages.filter(key=key).exists():
        return ""
    written = TeamMessage.objects.filter(written_by=by, is_from_team=False, written_at__gt=since(now))
    moments = list(written.values_list("written_at", flat=True))
    return what_is_enough(moments, most=settings.MESSAGES_A_DAY, what="messages were written by you")


@transaction.atomic
def write_to_team(found: Return, *, text: str, key: UUID, by: User, now: datetime) -> TeamMessage:
    """A message of somebody on the return; the survey team is told that there is one.

    Raises EnoughForToday where this person has written as many as can be in a day.
    """
    if sentence := enough_messages(found, key=key, by=by, now=now):
        raise EnoughForToday(sentence)
    message, is_new = _keep(found, is_from_team=False, text=text, key=key, by=by, now=now)
    if is_new:
        sentence = "Somebody on a return has written to the survey team."
        notice = Notice(f"message:{message.pk}", "A board has written to you", sentence, team_path(found))
        tell(team(), found, notice, now=now)
    return message


@transaction.atomic
def write_to_board(found: Return, *, text: str, key: UUID, by: User, now: datetime) -> TeamMessage:
    """A message of the survey team; those who may read the whole return are told that there is one."""
    message, is_new = _keep(found, is_from_team=True, text=text, key=key, by=by, now=now)
    if is_new:
        sentence = "The survey team has written to you about your return."
        path = board_path(found, "messages")
        notice = Notice(f"message:{message.pk}", "A message from the survey team", sentence, path)
        tell(readers_of(found, now=now), found, notice, now=now)
        record_about(found, WROTE, by=by, now=now, message=message.pk)
    return message


def read_thread(found: Return, *, by: User, now: datetime) -> list[TeamMessage]:
    """The messages with a board, the oldest first; that somebody of the team read them is recorded."""
    record_about(found, READ, by=by, now=now)
    return list(found.team_messages.select_related("written_by").order_by("pk"))


def _keep(
    found: Return, *, is_from_team: bool, text: str, key: UUID, by: User, now: datetime
) -> tuple[TeamMessage, bool]:
    written = {"is_from_team": is_from_team, "text": text, "written_by": by, "written_at": now}
    return TeamMessage.objects.get_or_create(survey_return=found, key=key, defaults=written)
