"""Services: chairs are invited by email, each once. The link names board, wave and address, and signs nobody in."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.digests import bytes_digest
from accounts.models import User
from accounts.onwards import whole_address
from accounts.outbox.fates import RETRIABLE, queue_again
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import queue_messages
from respondents.contacts.letters import words_for
from respondents.contacts.models import TemplateKind
from respondents.contacts.templates import letter_in, wording_of
from respondents.contacts.wording import Wording
from respondents.fieldwork.facts import WaveFacts, facts_of_wave
from respondents.register.applying import batches
from respondents.returns.messages import message_about
from respondents.returns.models import Return
from respondents.returns.people import chairs_of
from survey.models import Wave

_SIGNER = signing.Signer(sep=".", salt="respondents.fieldwork.inviting")


class NotInvited(ValueError):
    """The link is none of ours, or what it named is gone."""


def invitation_url(found: Return, person: User) -> str:
    """The link of this person's invitation. It may be opened any number of times, by anybody, to no effect."""
    token = _SIGNER.sign(f"{found.pk.hex}-{person.pk}")
    return whole_address(reverse("invitation", args=[token]))


def invited_by(token: str) -> tuple[Return, User]:
    """The return and the person that a link names; NotInvited if it was altered or they are gone."""
    try:
        return_hex, _, person_pk = _SIGNER.unsign(token).partition("-")
        found = Return.objects.in_frame().select_related("board", "wave").get(pk=UUID(return_hex))
        return found, User.objects.get(pk=person_pk)
    except (signing.BadSignature, Return.DoesNotExist, User.DoesNotExist):
        raise NotInvited(token) from None


@transaction.atomic
def invite_chairs(wave: Wave, *, boards: Collection[str] = (), now: datetime) -> Counter[str]:
    """Queues an invitation for each current chair of each board, or of those named; counts new, old, boards without.

    Who was invited before is invited again where the address was corrected since, or the first could not be sent.
    """
    returns = wave.returns.in_frame().select_related("board", "wave").prefetch_related("frame_authorities")
    of_wave, counted = facts_of_wave(wave), Counter[str]()
    wording, wanted = wording_of(wave, TemplateKind.INVITATION), list[Message]()
    for found in returns.filter(board__slug__in=boards) if boards else returns:
        chairs = list(chairs_of(found, now=now))
        counted["without"] += not chairs
        wanted += [invitation(found, person, wording, of_wave, now=now) for person in chairs]
    for batch in batches(wanted):
        counted += queue_invitations(batch)
    return counted


@transaction.atomic
def queue_invitations(wanted: Collection[Message]) -> Counter[str]:
    """Queues those that are new, and again those that did not arrive; counts new, again, and old that need not go."""
    new, again = _unsent(wanted)
    queue_messages(new)
    counted = Counter(new=len(new), again=queue_again(again))
    counted["old"] = len(wanted) - counted.total()
    return counted


def _unsent(wanted: Collection[Message]) -> tuple[list[Message], list[Message]]:
    """Of these, those that are new, and those queued before that did not arrive and wait for a corrected address."""
    known = {each.key: each for each in Message.objects.filter(key__in=[message.key for message in wanted])}
    for message in wanted:
        if message.key in known and known[message.key].recipient != message.recipient:
            message.key += f":{bytes_digest(message.recipient.encode())[:16]}"  # it went to a former address
    moved = Message.objects.filter(key__in=[message.key for message in wanted if message.key not in known])
    known |= {each.key: each for each in moved}
    new = [message for message in wanted if message.key not in known]
    before = [known[message.key] for message in wanted if message.key in known]
    return new, [each for each in before if each.state in RETRIABLE and each.bounced_at is None]


def invitation(found: Return, person: User, wording: Wording, of_wave: WaveFacts, *, now: datetime) -> Message:
    """The invitation in memory, in the words that hold in the wave."""
    words = words_for(found, person, link=invitation_url(found, person), of_wave=of_wave, now=now)
    return message_about(
        found,
        person,
        f"invitation:{found.pk}:{person.pk}",
        kind=MessageKind.INVITATION,
        letter=letter_in(wording, words),
        has_html=True,
        now=now,
    )
