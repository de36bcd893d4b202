"""Service: one board gets more time. What is granted is never taken back; the next extension is later still."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.audit.acts import declare
from accounts.models import User
from respondents.correspondence.notices import Notice, tell
from respondents.helping.refusals import NoMoreTime
from respondents.returns.extension import Extension
from respondents.returns.models import Return
from respondents.returns.people import people_on
from respondents.returns.recording import record_about
from respondents.returns.saving import lock_return
from survey.moments import moment_in_words

SUBMITTED = (
    "The board has submitted its return, and may change it until it closes. To open it for longer, ask to reopen "
    "sections of it from the messages with the board: another researcher has to approve that."
)
EXTENDED = declare("return.extended", "Gave a board more time")


@transaction.atomic
def extend(found: Return, *, until: datetime, reason: str, key: UUID, by: User, now: datetime) -> Extension:
    """Moves the closing time of one return; the people on it are told. Raises NoMoreTime unless it is later than now
    and than the return would close anyway, and for a return that was submitted: two persons open that again.
    """
    found = lock_return(found)
    if granted := found.extensions.filter(key=key).first():
        return granted
    if found.submitted_version is not None:
        raise NoMoreTime(SUBMITTED)
    if until <= max(found.closes_at, now):
        raise NoMoreTime(f"The return closes on {moment_in_words(found.closes_at)} anyway. Choose a later moment.")
    extension = Extension(survey_return=found, key=key, was=found.closes_at, until=until, reason=reason)
    extension.granted_by, extension.granted_at = by, now
    extension.save()
    found.extended_until = until
    found.save(update_fields=["extended_until"])
    _tell(extension, now=now)
    record_about(found, EXTENDED, by=by, now=now, was=extension.was.isoformat(), until=until.isoformat())
    return extension


def _tell(extension: Extension, *, now: datetime) -> None:
    found = extension.survey_return
    sentence = f"The survey team has given your board more time: the return closes {moment_in_words(extension.until)}."
    notice = Notice(f"extension:{extension.pk}", "More time", sentence, reverse("portal:tasks", args=[found.pk]))
    tell(people_on(found, now=now), found, notice, now=now)
