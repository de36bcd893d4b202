"""Which entries of the audit somebody asks for."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import User

PAGE, MOST_ACCOUNTS = 50, 1_000


def find_entries(wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """The entries that fit everything wanted, the newest first."""
    found = AuditEntry.objects.select_related("person").order_by("-number")
    if who := wanted.get("person"):
        found = found.filter(Q(person__email__icontains=who) | Q(person__name__icontains=who))
    if act := wanted.get("act"):
        found = found.filter(act=act)
    if wave := wanted.get("wave"):
        found = found.filter(wave=wave)
    if since := wanted.get("since"):
        found = found.filter(at__gte=_start_of(since))
    if until := wanted.get("until"):
        found = found.filter(at__lt=_start_of(until + timedelta(days=1)))
    if words := wanted.get("words"):
        found = found.annotate(said=Cast("detail", TextField()))
        said = Q(about__icontains=words) | Q(subject__icontains=words) | Q(said__icontains=words)
        found = found.filter(said | _of_accounts(words))
    return found


def too_many_are_called(words: str) -> bool:
    """Whether more accounts are called so than entries can be looked for by."""
    return len(_accounts(words)) > MOST_ACCOUNTS


def _of_accounts(words: str) -> Q:
    """Entries that speak of people so called: they are told by their numbers."""
    numbers = "|".join(map(str, _accounts(words)))
    spoken = rf"Account ({numbers})([^0-9]|$)"
    return Q(about__regex=spoken) | Q(said__regex=spoken) if numbers else Q(pk__in=())


def _accounts(words: str) -> list[int]:
    """The accounts that are called so; one more than can be looked for shows that there are too many."""
    people = User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return list(people.values_list("pk", flat=True)[: MOST_ACCOUNTS + 1])


def page_of(found: QuerySet[AuditEntry], *, before: int | None) -> tuple[list[AuditEntry], int | None]:
    """One page of them, from below this number on; and the number below which the next page begins, if there is one."""
    below = found if before is None else found.filter(number__lt=before)
    shown = list(below[: PAGE + 1])
    return shown[:PAGE], shown[PAGE - 1].number if len(shown) > PAGE else None


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
