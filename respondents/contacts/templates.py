"""Services: the wording of each kind of message in a wave, and its change."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.outbox.letters import Letter, letter
from respondents.contacts.models import TemplateKind, TemplateVersion
from respondents.contacts.standard import STANDARD, needed_by, variables_of
from respondents.contacts.wording import Wording, fill, problems_in
from survey.models import Wave

REWORDED = declare("template.reworded", "Changed the words of a message")


def wording_of(wave: Wave, kind: TemplateKind) -> Wording:
    """The wording that holds."""
    return wordings_of(wave)[kind]


def wordings_of(wave: Wave) -> dict[TemplateKind, Wording]:
    """Every wording that holds in the wave, in one query."""
    versions = TemplateVersion.objects.filter(wave=wave).order_by("pk")
    written = {TemplateKind(each.kind): Wording(each.subject, each.text) for each in versions}
    return {**STANDARD, **written}


def letter_in(wording: Wording, words: dict[str, str]) -> Letter:
    """The letter with these words in it."""
    return letter(fill(wording.subject, words), fill(wording.text, words))


@transaction.atomic
def reword(wave: Wave, kind: TemplateKind, wording: Wording, *, by: User, now: datetime) -> None:
    """Gives a message new words; the earlier ones are kept. ValidationError, by field, if they cannot be used.

    The words that hold already are not written down again.
    """
    problems = problems_in(wording, allowed=variables_of(kind), needed=needed_by(kind))
    if problems:
        raise ValidationError(
            {
                field: [each.message for each in problems if each.field == field]
                for field in {each.field for each in problems}
            }
        )
    if wording == wording_of(wave, kind):
        return
    written = TemplateVersion.objects.create(
        wave=wave, kind=kind, subject=wording.subject, text=wording.text, written_by=by, written_at=now
    )
    record(REWORDED, by=by, subject=written, about=str(kind.label), wave=wave.slug, now=now)
