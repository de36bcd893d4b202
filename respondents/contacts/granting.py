"""What people on a return are told of more time and of reopening, in the words that hold in the wave."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from accounts.models import User
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message
from respondents.contacts.letters import words_for
from respondents.contacts.models import TemplateKind
from respondents.contacts.templates import letter_in, wording_of
from respondents.fieldwork.facts import facts_of_wave
from respondents.returns.models import Return
from survey.models import Wave


def messages_about(
    wave: Wave,
    kind: TemplateKind,
    told: Iterable[tuple[Return, User, str]],
    *,
    key: str,
    beside: Mapping[str, str],
    now: datetime,
) -> Iterator[Message]:
    """One message in memory for each return and person, with the link given; `beside` are the words of this kind."""
    wording, of_wave = wording_of(wave, kind), facts_of_wave(wave)
    for found, person, link in told:
        words = words_for(found, person, link=link, of_wave=of_wave, now=now, beside=beside)
        yield new_message(
            f"{key}:{found.pk}:{person.pk}",
            kind=MessageKind(kind.value),
            recipient=person.email,
            letter=letter_in(wording, words),
            now=now,
            has_html=True,
            wave=wave.slug,
            about=found.pk,
        )
