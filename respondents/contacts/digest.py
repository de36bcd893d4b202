"""Services: the daily digest to the survey team, on working mornings, once for each person and day."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from accounts.onwards import whole_address
from accounts.outbox.letters import Letter, letter_from
from accounts.outbox.models import Message, MessageKind, MessageState
from accounts.outbox.queueing import new_message, queue_messages
from respondents.contacts.eligibility import counted_returns, eligible_returns
from respondents.contacts.models import Mailing, MailingState
from respondents.contacts.noting import follow_ups
from respondents.contacts.outcomes import settings_of
from respondents.contacts.reminder_days import working_day_before
from respondents.correspondence.overview import boards_in
from respondents.portal.words import distance_in_words
from respondents.returns.models import Submission
from survey.models import Wave
from survey.working_days import ENGLAND, is_working_day

MORNING, NOON = time(8), time(12)


def queue_digests(*, now: datetime) -> int:
    """Queues today's digests of every wave that is open, if it is a working morning; says for how many waves."""
    local = now.astimezone(ENGLAND)
    if not is_working_day(local.date()) or not MORNING <= local.time() < NOON:
        return 0
    waves = Wave.objects.opened().filter(opens_at__lte=now, closes_at__gt=now - timedelta(days=1), is_test=False)
    told = [wave for wave in waves if settings_of(wave).sends_digest]
    for wave in told:
        _queue_digest(wave, now=now)
    return len(told)


@transaction.atomic
def _queue_digest(wave: Wave, *, now: datetime) -> None:
    day = now.astimezone(ENGLAND).date()
    people = User.objects.filter(role=Role.RESEARCHER, is_active=True)
    keys = {f"digest:{wave.pk}:{day}:{person.pk}": person for person in people}
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    if keys.keys() <= known:
        return
    letter = digest_of(wave, now=now)
    queue_messages(
        [
            new_message(
                key,
                kind=MessageKind.DIGEST,
                recipient=person.email,
                letter=letter,
                now=now,
                has_html=True,
                wave=wave.slug,
            )
            for key, person in keys.items()
        ]
    )


def digest_of(wave: Wave, *, now: datetime) -> Letter:
    """How the wave stands this morning: the response, what is new, what waits and what failed."""
    day = now.astimezone(ENGLAND).date()
    since = datetime.combine(working_day_before(day), MORNING, tzinfo=ENGLAND)
    boards, sent = eligible_returns(wave, now=now), counted_returns(wave).in_frame()
    messages = Message.objects.filter(wave=wave.slug)
    words = {
        "wave": wave,
        "closes": distance_in_words(wave.closes_at, now=now),
        "boards": boards.count(),
        "submitted": sent.count(),
        "new": Submission.objects.filter(survey_return__in=sent, number=1, submitted_at__gte=since).count(),
        "begun": boards.filter(submitted_version__isnull=True, version__gt=0).count(),
        "waits": boards_in(wave).filter(_waits()).count(),
        "follow_ups": follow_ups(wave, until=timezone.localdate(now)).count(),
        "failed": messages.filter(state=MessageState.FAILED).count(),
        "bounced": messages.filter(state=MessageState.BOUNCED).count(),
        "stuck": Mailing.objects.filter(wave=wave, state=MailingState.FAILED).count(),
        "link": whole_address(reverse("contacts:overview", args=[wave.slug])),
    }
    return letter_from("respondents/contacts/email/digest.txt", words, subject=f"This morning: {wave}")


def _waits() -> Q:
    wrote = Q(is_last_from_team=False)
    return wrote | Q(wished_at__isnull=False) | Q(answered_at__isnull=False)
