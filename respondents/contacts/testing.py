"""Services: a wording as one board would get it, on screen or sent to oneself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.outbox.letters import Letter
from accounts.outbox.models import MessageKind
from accounts.outbox.queueing import new_message, queue_message
from respondents.contacts.letters import words_for
from respondents.contacts.models import TemplateKind
from respondents.contacts.standard import MEANINGS, variables_of
from respondents.contacts.templates import letter_in
from respondents.contacts.wording import Wording
from respondents.fieldwork.facts import facts_of_wave
from respondents.fieldwork.inviting import invitation_url
from respondents.returns.models import Return
from respondents.returns.people import chairs_of

TESTED = declare("template.tested", "Sent a test of a message to oneself")


def letter_to(found: Return, kind: TemplateKind, wording: Wording, *, now: datetime) -> Letter:
    """The letter as the board's first chair would get it, or somebody who might chair it."""
    person = chairs_of(found, now=now).first() or User(email="chair@example.org", name="")
    link = invitation_url(found, person) if person.pk else "https://example.org/"
    beside = {name: f"[{MEANINGS[name]}]" for name in variables_of(kind)}
    words = words_for(found, person, link=link, of_wave=facts_of_wave(found.wave), now=now)
    return letter_in(wording, {**beside, **words})


@transaction.atomic
def send_test(found: Return, kind: TemplateKind, wording: Wording, *, key: UUID, to: User, now: datetime) -> None:
    """Sends the letter to the member of staff who asks for it, and to nobody else; the same form twice is one."""
    about = letter_to(found, kind, wording, now=now)
    letter = Letter(f"Test: {about.subject}"[:200], about.text)
    queue_message(
        new_message(
            f"test:{key}",
            kind=MessageKind.TEST,
            recipient=to.email,
            letter=letter,
            now=now,
            has_html=True,
            wave=found.wave.slug,
        )
    )
    record(TESTED, by=to, subject=found.wave, about=str(kind.label), wave=found.wave.slug, now=now)
