"""The one door by which this room's messages leave: queued with the change they speak of, or not at all."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.onwards import whole_address
from accounts.outbox.letters import letter_from
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import queue_message
from respondents.returns.messages import message_about
from respondents.returns.models import Return
from survey.moments import moment_in_words


def notify(
    person: User,
    *,
    key: str,
    subject: str,
    template: str,
    found: Return,
    about: Mapping[str, object],
    now: datetime,
) -> None:
    """Writes to somebody about a return, once for each key; the link in the message only names the return."""
    link = whole_address(reverse("portal:tasks", args=[found.pk]))
    closes = moment_in_words(found.closes_at)
    words = {"person": person, "board": found.board, "wave": found.wave, "closes": closes, "link": link, **about}
    letter = letter_from(f"respondents/together/email/{template}.txt", words, subject=f"{subject}: {found.board}")
    queue_message(message_about(found, person, key, kind=MessageKind.COLLEAGUE, letter=letter, now=now))
