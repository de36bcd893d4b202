"""What is known of the contacts with some boards: the last one, what still stands of the log, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from respondents.contacts.models import CameOfIt, ContactEntry, DispositionWords, OutcomeDecision
from respondents.contacts.outcomes import standing_words
from respondents.returns.models import Return, ReturnState
from survey.models import Wave

OUT_OF_REACH = frozenset({DispositionWords.REFUSAL, DispositionWords.NOT_ELIGIBLE, DispositionWords.DUPLICATE})


@dataclass(frozen=True)
class Contacts:
    """The contacts with one board."""

    last: ContactEntry | None = None
    stands: CameOfIt | None = None
    decided: str = ""

    @property
    def last_words(self) -> str:
        """The last contact: when, how, what came of it."""
        if self.last is None:
            return ""
        day = date_format(timezone.localtime(self.last.at), "j M Y")
        return f"{day}, {self.last.get_kind_display().lower()}: {self.last.get_came_of_it_display().lower()}"

    @property
    def promised(self) -> bool:
        """Whether the last contact was a promise."""
        return self.last is not None and self.last.came_of_it == CameOfIt.PROMISE


@dataclass
class _Rows:
    last: dict[UUID, ContactEntry] = field(default_factory=dict)
    decided: dict[UUID, str] = field(default_factory=dict)


def contacts_of(wave: Wave, returns: Sequence[Return]) -> Mapping[UUID, Contacts]:
    """The contacts with these boards, in four queries; without any for a board that nobody was in touch with."""
    # A statement takes only so many parameters: a long list is looked up with the whole wave.
    chosen = [each.pk for each in returns] if len(returns) <= 500 else None
    only = {"survey_return__wave": wave} | ({"survey_return__in": chosen} if chosen is not None else {})
    rows = _Rows()
    for entry in ContactEntry.objects.filter(**only).order_by("pk"):
        rows.last[entry.survey_return_id] = entry
    for decision in OutcomeDecision.objects.filter(**only).order_by("pk"):
        rows.decided[decision.survey_return_id] = decision.disposition
    stands = standing_words(wave, chosen)
    known = {*rows.last, *rows.decided, *stands}
    return {pk: Contacts(rows.last.get(pk), stands.get(pk), rows.decided.get(pk, "")) for pk in known}


def next_step(state: ReturnState, contacts: Contacts, *, has_chair: bool, today: date) -> str:
    """What to do about a board, in words."""
    if state in {ReturnState.SUBMITTED, ReturnState.CHANGED}:
        return "Ask them to submit their changes" if state is ReturnState.CHANGED else "Nothing"
    if contacts.decided in OUT_OF_REACH:
        return f"Nothing: {DispositionWords(contacts.decided).label.lower()}"
    if contacts.stands:
        return _STANDING[contacts.stands]
    if state is ReturnState.WAITING:
        return "Ask the signer to sign"
    if not has_chair:
        return "Find out who chairs it"
    return _follow_up(contacts, today=today) or _USUAL[state]


def _follow_up(contacts: Contacts, *, today: date) -> str:
    """What was agreed at the last contact, while it holds."""
    if contacts.last is None or contacts.last.follow_up is None:
        return ""
    day = date_format(contacts.last.follow_up, "j F")
    if contacts.last.follow_up <= today:
        return f"Ring again: it was to be by {day}" if contacts.promised else f"Come back to them: noted for {day}"
    return f"Wait: promised, look again on {day}" if contacts.promised else f"Come back to them on {day}"


_STANDING = {
    CameOfIt.REFUSAL: "Nothing: they refused",
    CameOfIt.VACANCY: "Find out who chairs it",
    CameOfIt.WRONG_ADDRESS: "Find the right address",
}
_USUAL = {ReturnState.NOT_STARTED: "Remind, then ring", ReturnState.IN_PROGRESS: "Ask what stands in the way"}
