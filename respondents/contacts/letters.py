"""What a mailing says to one person about one return."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string

from accounts.models import User
from respondents.contacts.models import MailingKind, TemplateKind
from respondents.fieldwork.facts import WaveFacts, facts_of
from respondents.portal.words import distance_in_words
from respondents.returns.models import Return, ReturnState
from survey.moments import moment_in_words

_REMINDERS = {
    ReturnState.NOT_STARTED: TemplateKind.REMINDER_NOT_STARTED,
    ReturnState.WAITING: TemplateKind.REMINDER_WAITING,
}


def template_for(kind: MailingKind, found: Return) -> TemplateKind:
    """Which wording is meant for this return."""
    if kind == MailingKind.REMINDER:
        return _REMINDERS.get(found.state, TemplateKind.REMINDER_IN_PROGRESS)
    return TemplateKind(kind)


@cache
def service_name() -> str:
    """What the survey calls itself on pages and in letters."""
    return render_to_string("components/service_name.txt").strip()


def words_for(
    found: Return,
    person: User,
    *,
    link: str,
    of_wave: WaveFacts,
    now: datetime,
    beside: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The words for the variables; `beside` are those that only some kinds have."""
    facts = facts_of(found, of_wave=of_wave)
    return {
        "greeting": f"Dear {person.name}" if person.name else "Good day",
        "chair": str(person),
        "board": str(found.board),
        "wave": found.wave.title,
        "opens": moment_in_words(found.wave.opens_at),
        "closes": facts.closes,
        "days_left": distance_in_words(found.closes_at, now=now),
        "link": link,
        "why": facts.why,
        "how_long": facts.how_long,
        "service": service_name(),
        **(beside or {}),
    }
