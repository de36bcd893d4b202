"""What analysts find of returns: answers under a pseudonym, apart from who gave them. Each reading is recorded."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from respondents.contacts.eligibility import counted_returns
from respondents.returns.models import Return, Submission
from survey.models import Wave

READ = declare("answers.read", "Read the answers of a return")


class Order(StrEnum):
    """In which order returns stand."""

    NAME = "name"
    SENT = "sent"


class Wish(StrEnum):
    """Which returns are wanted."""

    ONCE = "once"
    AGAIN = "again"
    WRITTEN = "written"


def answered_in(wave: Wave, wanted: Mapping[str, str] = MappingProxyType({})) -> "QuerySet[Return]":
    """The returns that count, by names that say nothing, each with its last submission's number and whether it writes.

    Nothing here tells when a return was sent: that would tell whose it is.
    """
    sent = Submission.objects.filter(survey_return=OuterRef("pk")).order_by("-number")
    last, written = Subquery(sent.values("number")[:1]), Subquery(sent.values("texts")[:1])
    writes = ExpressionWrapper(~Q(last_texts={}), BooleanField())
    every = counted_returns(wave).only("pk", "pseudonym", "wave").alias(last_texts=written)
    found = every.annotate(last_number=last, writes=writes)
    found = found.filter(pseudonym__icontains=wanted.get("name", "").strip())
    match wanted.get("which"):
        case Wish.ONCE:
            found = found.filter(last_number=1)
        case Wish.AGAIN:
            found = found.filter(last_number__gt=1)
        case Wish.WRITTEN:
            found = found.filter(writes=True)
    return found.order_by(*(("-last_number",) if wanted.get("order") == Order.SENT else ()), "pseudonym")


def read_answers(wave: Wave, pseudonym: str, number: int, *, by: User, now: datetime) -> Submission:
    """One submission of a return that counts; that this person read it is recorded. Not found if there is none."""
    counting = Submission.objects.filter(survey_return__in=counted_returns(wave))
    asked = counting.filter(survey_return__pseudonym=pseudonym, number=number)
    submission = get_object_or_404(asked.select_related("survey_return"))
    found = submission.survey_return
    found.wave = wave
    about = f"Return {pseudonym}, submission {number}"
    record(READ, by=by, subject=found, about=about, wave=wave.slug, detail={"number": number}, now=now)
    return submission
