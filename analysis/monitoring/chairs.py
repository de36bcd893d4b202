"""The people behind the boards: how many there are, how many of them answered, and who answered for several."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from respondents.contacts.eligibility import eligible_returns
from respondents.register.models import Appointment
from survey.models import Wave


@dataclass(frozen=True)
class Chairs:
    """The people who chair the eligible boards; `squares` sums the squared numbers of boards that answered."""

    known: int
    answered: int
    several: int
    boards: int
    squares: int

    @property
    def effective(self) -> float:
        """How many independent answers the returns are worth at the least, one chair's all alike (M5)."""
        return self.boards**2 / self.squares if self.squares else 0.0


def count_chairs(wave: Wave, *, now: datetime) -> Chairs:
    """One query: who chaired eligible boards on the day (the closing day, once that is past)."""
    day = timezone.localdate(min(now, wave.closes_at))
    sent = Count("board", distinct=True, filter=Q(board__returns__submitted_version__isnull=False))
    each = (
        Appointment.objects.current_on(day)
        .filter(board__returns__in=eligible_returns(wave, now=now))
        .order_by()
        .values("person")
    )
    rows = each.annotate(boards=Count("board", distinct=True), sent=sent)
    found = rows.aggregate(
        known=Count("person"),
        answered=Count("person", filter=Q(sent__gt=0)),
        several=Count("person", filter=Q(sent__gt=1)),
        total=Sum("sent"),
        squares=Sum(F("sent") * F("sent")),
    )
    return Chairs(
        found["known"], found["answered"], found["several"], int(found["total"] or 0), int(found["squares"] or 0)
    )
