"""Services: what is said about one section of a return, beside its answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from respondents.returns.models import Return
from respondents.returns.saving import lock_return, require_open
from respondents.together.models import Comment, Consultation, Consulted, Handback


def write_comment(found: Return, *, section: str, text: str, by: User, now: datetime) -> Comment:
    """A comment for everybody who works on this section. It never leaves the return."""
    return Comment.objects.create(survey_return=found, section=section, text=text, written_by=by, written_at=now)


@transaction.atomic
def hand_back(found: Return, *, section: str, is_ready: bool, by: User, now: datetime) -> None:
    """Marks a section ready, or not ready after all; saying the same twice is saying it once."""
    require_open(found, now=now, sections=[section])
    found = lock_return(found)
    last = found.handbacks.filter(section=section).order_by("pk").last()
    if is_ready != (last is not None and last.is_ready):
        Handback.objects.create(survey_return=found, section=section, is_ready=is_ready, marked_by=by, marked_at=now)


@transaction.atomic
def record_consultation(
    found: Return, *, section: str, consulted: Collection[str], who_else: str, by: User, now: datetime
) -> None:
    """Records who was consulted on a section; what was recorded before is kept, the latest counts."""
    require_open(found, now=now, sections=[section])
    found = lock_return(found)
    named = [value for value in Consulted.values if value in consulted]
    last = found.consultations.filter(section=section).order_by("pk").last()
    before = (last.consulted, last.who_else) if last else ([], "")
    if (named, who_else) != before:
        Consultation.objects.create(
            survey_return=found, section=section, consulted=named, who_else=who_else, recorded_by=by, recorded_at=now
        )
