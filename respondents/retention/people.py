"""Names and addresses of people who answered: once the survey is over, what they did stays and who they were goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Role, User
from accounts.outbox.models import Message
from accounts.people import ERASED_NAME
from accounts.periods import kept
from respondents.contacts.models import Stop
from respondents.register.forgetting import addresses_of, forget_in_history, names_of
from respondents.register.models import Appointment
from respondents.retention.open_since import open_after
from respondents.retention.voices import erase_calls
from respondents.returns.models import Return
from respondents.together.models import Contribution
from survey.models import Wave

HOST = "erased.invalid"


def in_office(now: datetime) -> Q:
    """Appointments that have not ended: their last day is still to come, is today, or is not known."""
    return Q(until_date=None) | Q(until_date__gte=timezone.localdate(now))


def contacts(now: datetime) -> "models.QuerySet[User]":
    """People on returns that closed long ago, and on none since; a wave that is prepared keeps its chairs.

    Who chaired a board no longer when its wave opened is not on the return; one that was extended or reopened is open.
    """
    past = kept("contacts").before(now)
    over, going = Return.objects.filter(wave__closes_at__lte=past), open_after(past)
    chaired = Appointment.objects.filter(person=OuterRef("pk"))
    asked = Contribution.objects.filter(person=OuterRef("pk"))
    was_on = Exists(chaired.filter(board__returns__in=over)) | Exists(asked.filter(survey_return__in=over))
    still = in_office(now) | Q(until_date__gte=TruncDate("board__returns__wave__opens_at"))
    is_on = Exists(chaired.filter(still, board__returns__in=going)) | Exists(asked.filter(survey_return__in=going))
    respondents = User.objects.filter(role=Role.RESPONDENT, joined_at__lte=past).exclude(email__endswith=f"@{HOST}")
    if Wave.objects.filter(closes_at__gt=past).exists():
        respondents = respondents.exclude(Exists(chaired.filter(in_office(now))))
    return respondents.filter(was_on).exclude(is_on)


@transaction.atomic
def erase(rows: "models.QuerySet[models.Model]", keys: Sequence[Any], now: datetime) -> None:
    """Takes name and address from these people and ends their accounts; what they wrote stays under a number."""
    for person in User.objects.select_for_update().filter(pk__in=keys):
        email, had = f"{person.pk}@{HOST}", {person.email} | addresses_of(person.pk)
        names = {person.name} | names_of(person.pk)
        had -= set(User.objects.filter(email__in=had).exclude(pk=person.pk).values_list("email", flat=True))
        forget_in_history([person.pk])
        names_them = Q(key__startswith=f"chair-{person.pk}-") | Q(key__startswith=f"address-{person.pk}-")
        Message.objects.filter(names_them).update(subject="", text="", last_error="")
        Message.objects.filter(recipient__in=had).update(recipient=email, subject="", text="", last_error="")
        Stop.objects.filter(email__in=had).delete()
        erase_calls(person, names=names)
        EmailAddress.objects.filter(user_id=person.pk).delete()
        User.objects.filter(pk=person.pk).update(email=email, name=ERASED_NAME, is_active=False, last_login=None)
