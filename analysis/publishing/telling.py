"""Service: people on a pre-release list learn by email that their hours have begun; once for each moment."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.onwards import whole_address
from accounts.outbox.letters import letter_from
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from analysis.publishing.early import open_to
from analysis.publishing.models import CalendarEntry, EarlyAccess, Publication
from analysis.publishing.standing import Out, Standing, standings
from survey.moments import moment_in_words

TEMPLATE = "analysis/publishing/email/early.txt"


@transaction.atomic
def tell_opened(*, now: datetime) -> int:
    """Queues a letter to each whose hours have begun and who was not told of this moment; says to how many."""
    ahead = CalendarEntry.objects.filter(moment__gt=now).values("publication")
    listed = Publication.objects.filter(pk__in=ahead, early_access__isnull=False).distinct()
    letters = [letter for standing in standings(listed) for letter in _letters(standing, now=now)]
    known = set(Message.objects.filter(key__in=[each.key for each in letters]).values_list("key", flat=True))
    fresh = [each for each in letters if each.key not in known]
    queue_messages(fresh)
    return len(fresh)


def _letters(standing: Standing, *, now: datetime) -> Iterator[Message]:
    for access, out in open_to(standing, now=now):
        yield _letter(access, out, standing.publication, now=now)


def _letter(access: EarlyAccess, out: Out, publication: Publication, *, now: datetime) -> Message:
    path = reverse("publications:early", args=[publication.slug])
    words = {
        "name": access.name,
        "publication": publication,
        "moment": moment_in_words(out.moment),
        "link": whole_address(path),
    }
    return new_message(
        f"early:{access.pk}:{out.moment.isoformat()}",
        kind=MessageKind.EARLY_ACCESS,
        recipient=access.person.email,
        letter=letter_from(TEMPLATE, words, subject=f"Under embargo: {publication}"),
        now=now,
        wave=publication.wave.slug,
    )
