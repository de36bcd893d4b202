"""Services: chairs are invited by email, each once. The link names board, wave and address, and signs nobody in."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.outbox.letters import letter_from
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from respondents.fieldwork.facts import Facts, facts_of, facts_of_wave
from respondents.returns.models import Return
from respondents.returns.people import chairs_of
from survey.models import Wave

_SIGNER = signing.Signer(sep=".", salt="respondents.fieldwork.inviting")


class NotInvited(ValueError):
    """The link is none of ours, or what it named is gone."""


def invitation_url(found: Return, person: User) -> str:
    """The link of this person's invitation. It may be opened any number of times, by anybody, to no effect."""
    token = _SIGNER.sign(f"{found.pk.hex}-{person.pk}")
    return f"{settings.SITE_URL}{reverse('invitation', args=[token])}"


def invited_by(token: str) -> tuple[Return, User]:
    """The return and the person that a link names; NotInvited if it was altered or they are gone."""
    try:
        return_hex, _, person_pk = _SIGNER.unsign(token).partition("-")
        found = Return.objects.in_frame().select_related("board", "wave").get(pk=UUID(return_hex))
        return found, User.objects.get(pk=person_pk)
    except (signing.BadSignature, Return.DoesNotExist, User.DoesNotExist):
        raise NotInvited(token) from None


def queue_invitation(found: Return, person: User, *, now: datetime) -> None:
    """Queues this person's invitation to answer for the return's board, unless it was queued before."""
    queue_messages([_invitation(found, person, facts_of(found), now=now)])


@transaction.atomic
def invite_chairs(wave: Wave, *, boards: Collection[str] = (), now: datetime) -> Counter[str]:
    """Queues an invitation for each current chair of each board, or of those named; counts new, old, boards without."""
    returns = wave.returns.in_frame().select_related("board", "wave")
    of_wave, counted = facts_of_wave(wave), Counter[str]()
    wanted: list[Message] = []
    for found in returns.filter(board__slug__in=boards) if boards else returns:
        chairs, facts = list(chairs_of(found, now=now)), facts_of(found, of_wave=of_wave)
        counted["without"] += not chairs
        wanted += [_invitation(found, person, facts, now=now) for person in chairs]
    counted["old"] = Message.objects.filter(key__in=[message.key for message in wanted]).count()
    queue_messages(wanted)
    counted["new"] = len(wanted) - counted["old"]
    return counted


def _invitation(found: Return, person: User, facts: Facts, *, now: datetime) -> Message:
    words = {"person": person, "facts": facts, "url": invitation_url(found, person)}
    subject = f"Please answer for {found.board}: {found.wave}"
    letter = letter_from("respondents/email/invitation.txt", words, subject=subject)
    key = f"invitation:{found.pk}:{person.pk}"
    return new_message(key, kind=MessageKind.INVITATION, recipient=person.email, letter=letter, now=now)
