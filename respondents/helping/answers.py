"""What analysts find of returns: answers under a pseudonym, apart from who gave them. Each reading is recorded."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from respondents.contacts.eligibility import counted_returns
from respondents.returns.models import Return, Submission
from survey.models import Wave

READ = declare("answers.read", "Read the answers of a return")


def answered_in(wave: Wave) -> "QuerySet[Return]":
    """The returns that count, in the order of names that say nothing, each with the number of its last submission."""
    last = Submission.objects.filter(survey_return=OuterRef("pk")).order_by("-number").values("number")
    found = counted_returns(wave).only("pk", "pseudonym", "wave")
    return found.annotate(last_number=Subquery(last[:1])).order_by("pseudonym")


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
