"""A last look before bulk mail is handed over: who has sent, refused or left since it was queued gets nothing."""

from django.utils import timezone

from accounts.outbox.letters import Letter, written
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.writers import writes
from respondents.contacts.audience import audience_of
from respondents.contacts.models import MailingKind
from respondents.returns.models import Return


@writes(MessageKind.REMINDER)
def reminder_letter(message: Message) -> Letter | None:
    """The reminder as it was queued, if it is still due to this person."""
    now = timezone.now()
    returns = Return.objects.in_frame().select_related("wave", "board").defer("answers", "texts", "copied")
    found = returns.filter(pk=str(message.about)).first() if message.about else None
    if found is None or not found.wave.opens_at <= now < found.closes_at:
        return None
    audience = audience_of(found.wave, MailingKind.REMINDER, [found], now=now)
    return written(message) if any(due.person.email == message.recipient for due in audience.due) else None
