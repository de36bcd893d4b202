"""Whose copies a person may have: those of returns they may read, and always what they sent for themselves."""

from datetime import datetime
from uuid import UUID

from django.db import models

from accounts.models import User
from respondents.portal.access import find_readable, find_submission
from respondents.returns.models import Submission


def sent_by(person: User) -> "models.QuerySet[Submission]":
    """What the person submitted themselves, the newest first; the answers are left in the database."""
    sent = Submission.objects.filter(submitted_by=person, declared_by="").select_related("survey_return__board")
    return sent.only("number", "reference", "survey_return__board__name").order_by("-submitted_at")


def find_sent(return_id: UUID, number: int, *, person: User, now: datetime) -> Submission:
    """One submission: the person's own for as long as they have an account, else one of a return they may read."""
    sent = Submission.objects.filter(survey_return=return_id, number=number, submitted_by=person, declared_by="")
    if own := sent.select_related("survey_return__wave", "survey_return__board", "submitted_by").first():
        return own
    return find_submission(find_readable(return_id, person=person, now=now), number)
