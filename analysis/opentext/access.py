"""Who works with what boards wrote: analysts, who never learn which board it was."""

from datetime import datetime

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import Role, User
from accounts.rules import staff
from analysis.opentext.answers import Answer
from analysis.opentext.work import Work
from respondents.helping.answers import READ

OPENED = declare("answers.original", "Opened the original of an answer")

# Coding shows one answer at a time and goes on for hours: it rests on the second step of the session. Whatever shows
# many answers at once, or lets them out, asks for it again.
codes_answers = staff(Role.ANALYST)
takes_answers = staff(Role.ANALYST, step_up=True)
asks_boards = staff(Role.RESEARCHER)


def note_read(work: Work, answer: Answer, *, by: User, now: datetime) -> None:
    """Records that this person read one answer."""
    about = f"Return {answer.pseudonym}, {work.item.code}"
    record(READ, by=by, about=about, wave=work.wave.slug, detail={"item": work.item.code}, now=now)


def note_opened(work: Work, answer: Answer, *, by: User, now: datetime) -> None:
    """Records that this person opened an answer as it was written, and not as it may be shown."""
    about = f"Return {answer.pseudonym}, {work.item.code}"
    record(OPENED, by=by, about=about, wave=work.wave.slug, detail={"item": work.item.code}, now=now)
