"""Who is on a return: everybody who is told what becomes of it."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from respondents.register.models import Appointment
from respondents.returns.models import Return


def chairs_of(found: Return, *, now: datetime) -> QuerySet[User]:
    """Those who chair the return's board today and may sign in."""
    chairs = Appointment.objects.filter(board=found.board_id).current_on(timezone.localdate(now))
    return User.objects.filter(pk__in=chairs.values("person"), is_active=True).order_by("pk")


def people_on(found: Return, *, now: datetime) -> QuerySet[User]:
    """The board's chairs and everybody else who works on the return now."""
    chairs = Q(pk__in=chairs_of(found, now=now).values("pk"))
    colleagues = Q(pk__in=found.contributions.current().values("person"))
    return User.objects.filter(chairs | colleagues, is_active=True).order_by("pk")
