"""Notices: an email that says there is something to read, and never what it says. The text stays behind the sign-in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Role, User
from accounts.onwards import whole_address
from accounts.outbox.letters import letter_from
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import queue_messages
from respondents.correspondence.models import ReopeningRequest
from respondents.returns.messages import message_about
from respondents.returns.models import Return
from respondents.returns.people import chairs_of


@dataclass(frozen=True)
class Notice:
    """What happened, in one sentence, and the page to read it on; `key` names the effect, so it is told once."""

    key: str
    subject: str
    sentence: str
    path: str


def tell(people: Iterable[User], found: Return, notice: Notice, *, now: datetime) -> None:
    """Queues the notice for each of these people, in the caller's transaction."""
    words = {
        "sentence": notice.sentence,
        "board": found.board,
        "wave": found.wave,
        "link": whole_address(notice.path),
    }
    letter = letter_from(
        "respondents/correspondence/email/notice.txt", words, subject=f"{notice.subject}: {found.board}"
    )
    queue_messages(
        message_about(found, person, f"{notice.key}:{person.pk}", kind=MessageKind.SURVEY_TEAM, letter=letter, now=now)
        for person in people
    )


def team() -> QuerySet[User]:
    """Those of the survey team who write with boards."""
    return User.objects.filter(role=Role.RESEARCHER, is_active=True).order_by("pk")


def readers_of(found: Return, *, now: datetime) -> QuerySet[User]:
    """Those on the return who may read all of it: its chairs and its signer."""
    signers = found.contributions.current().filter(part="signer")
    readers = Q(pk__in=chairs_of(found, now=now).values("pk")) | Q(pk__in=signers.values("person"))
    return User.objects.filter(readers, is_active=True).order_by("pk")


def board_path(found: Return, page: str, *arguments: object) -> str:
    """The path of a page of the people on the return."""
    return reverse(f"correspondence:{page}", args=[found.pk, *arguments])


def team_path(found: Return) -> str:
    """The path of the survey team's page about the return."""
    return reverse("team:thread", args=[found.wave.slug, found.pk])


def request_path(request: ReopeningRequest) -> str:
    """The path of the page on which another researcher decides on a request."""
    found = request.survey_return
    return reverse("team:request", args=[found.wave.slug, found.pk, request.pk])
