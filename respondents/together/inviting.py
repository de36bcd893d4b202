"""Services: who is asked to work on a return. Everything said here holds from the next request on."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.people import ensure_person, require_respondent
from respondents.returns.limits import EnoughForToday, since, what_is_enough
from respondents.returns.models import Return
from respondents.returns.saving import lock_return
from respondents.together.models import Contribution, Part, SignatureOutcome
from respondents.together.notify import notify


def enough_colleagues(found: Return, *, now: datetime) -> str:
    """Why nobody can be asked to work on this return just now; nothing while somebody can. A change asks anew."""
    asked = found.contributions.filter(invited_at__gt=since(now)).values_list("invited_at", flat=True)
    what = "colleagues were asked, or asked for other sections, on this return"
    return what_is_enough(list(asked), most=settings.COLLEAGUES_A_DAY, what=what)


@transaction.atomic
def invite(found: Return, *, email: str, name: str, sections: Collection[str], by: User, now: datetime) -> Contribution:
    """The person with this address, asked to answer these sections and told so; asked before, what they were asked is
    replaced. Raises ValidationError for what is no address or one of the staff’s, EnoughForToday where too many were
    asked in a day.
    """
    found = lock_return(found)
    require_respondent(email)
    person = ensure_person(email, name=name)
    current = found.contributions.current().filter(person=person, part=Part.CONTRIBUTOR).first()
    return _ask(found, current, person=person, sections=sections, by=by, now=now)


@transaction.atomic
def change_sections(contribution: Contribution, *, sections: Collection[str], by: User, now: datetime) -> Contribution:
    """The contribution that holds from now on, for these sections; the person is told if they differ."""
    found = lock_return(contribution.survey_return)
    current = found.contributions.current().filter(person=contribution.person, part=Part.CONTRIBUTOR).first()
    return _ask(found, current, person=contribution.person, sections=sections, by=by, now=now)


@transaction.atomic
def remove(contribution: Contribution, *, by: User, now: datetime) -> None:
    """Ends a contribution, once; what the person wrote stays. A signature they were asked for is taken back."""
    found = lock_return(contribution.survey_return)
    found.contributions.current().filter(pk=contribution.pk).update(removed_at=now, removed_by=by)
    if contribution.part == Part.SIGNER:
        for request in found.signature_requests.waiting().filter(signer=contribution.person):
            request.end(SignatureOutcome.TAKEN_BACK, by=by, now=now)
            Return.objects.filter(pk=found.pk).update(awaiting_version=None)


def _ask(
    found: Return, current: Contribution | None, *, person: User, sections: Collection[str], by: User, now: datetime
) -> Contribution:
    asked = [section for section in found.wave.questionnaire.sections if section.code in sections]
    codes = [section.code for section in asked]
    if current and current.sections == codes:
        return current
    if sentence := enough_colleagues(found, now=now):
        raise EnoughForToday(sentence)
    if current:
        found.contributions.filter(pk=current.pk).update(removed_at=now, removed_by=by)
    made = Contribution.objects.create(
        survey_return=found, person=person, sections=codes, invited_by=by, invited_at=now
    )
    notify(
        person,
        subject="You are asked to help with a return",
        template="asked",
        key=f"asked-{made.pk}",
        found=found,
        now=now,
        about={"by": by, "sections": [section.title for section in asked]},
    )
    return made
