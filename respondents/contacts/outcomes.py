"""Reads: each board's one final disposition, derived from the data or decided, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from accounts.outbox.models import Message, MessageState
from respondents.contacts.chairs import LIFTED, put_right
from respondents.contacts.disposition import Answered, CutOffs, Disposition, Known, derive
from respondents.contacts.eligibility import OUT, last_day
from respondents.contacts.models import CameOfIt, ContactEntry, ContactSettings, DispositionWords, OutcomeDecision
from respondents.register.models import Appointment
from respondents.returns.models import Submission
from respondents.together.models import Contribution
from survey.models import Wave
from survey.schema.answers import Value, answered
from survey.schema.document import Questionnaire
from survey.schema.routing import applicable

M = TypeVar("M", bound=Model)
MOST_REMEMBERED = 200_000
MOST_NAMED = 500
_FIELDS = ("pk", "board", "version", "board__ended_on")
# By the submission's digest, which stands for all it says, so what was counted holds for as long as the process lives.
_COUNTED: dict[str, Answered] = {}


@dataclass(frozen=True)
class Outcome:
    """A board's disposition, why it is that, and what the data say where somebody decided otherwise."""

    disposition: Disposition
    why: str
    derived: Disposition
    derived_why: str
    is_decided: bool = False

    @property
    def is_out(self) -> bool:
        """Whether the board is not of the population, so that nothing it sent is counted."""
        return DispositionWords(self.disposition) in OUT

    @property
    def words(self) -> str:
        """What the disposition is called on screen."""
        return str(DispositionWords(self.disposition).label)


@dataclass(frozen=True)
class Reached:
    """Of the people on each return: who has signed in since the wave opened, and who has an address that works."""

    has_signed_in: frozenset[UUID]
    has_bounced: frozenset[UUID]


def outcomes_of(wave: Wave, *, now: datetime, of: Iterable[UUID] | None = None) -> dict[UUID, Outcome]:
    """The outcome of every return in the wave's frame, or of some, by the return's key."""
    returns = wave.returns.in_frame()
    found = list((returns if of is None else returns.filter(pk__in=list(of))).values_list(*_FIELDS))
    chosen = None if of is None else [pk for pk, *_ in found]
    cut_offs = settings_of(wave).cut_offs
    sent, decided, said = _sent(wave, chosen), _decided(wave, chosen), standing_words(wave, chosen)
    reached = _reached(wave, {board: pk for pk, board, *_ in found if board}, is_whole=of is None, now=now)
    outcomes = {}
    for pk, _, version, ended_on in found:
        known = Known(
            sent=sent.get(pk),
            is_eligible=ended_on is None or ended_on > last_day(wave, has_sent=pk in sent, now=now),
            has_begun=version > 0,
            has_signed_in=pk in reached.has_signed_in,
            has_refused=said.get(pk) == CameOfIt.REFUSAL,
            has_bounced=pk in reached.has_bounced or said.get(pk) == CameOfIt.WRONG_ADDRESS,
        )
        outcomes[pk] = _outcome(known, cut_offs, decided.get(pk))
    return outcomes


def settings_of(wave: Wave) -> ContactSettings:
    """What is set for the wave's contacts; the defaults where nobody has set anything."""
    return ContactSettings.objects.filter(wave=wave).first() or ContactSettings(wave=wave)


def standing_words(wave: Wave, of: Iterable[UUID] | None = None) -> dict[UUID, CameOfIt]:
    """What of each board's log still stands: a refusal until a promise, a wrong address or vacancy until a new chair.

    Any talk with the chair ends a vacancy or a wrong address as well.
    """
    entries = _of(ContactEntry.objects.filter(survey_return__wave=wave), of).order_by("pk")
    log = list(entries.values_list("survey_return", "survey_return__board", "came_of_it", "at"))
    right = put_right(wave) if any(said in LIFTED for _, _, said, _ in log) else {}
    standing: dict[UUID, CameOfIt] = {}
    for pk, board, came_of_it, at in log:
        said, before = CameOfIt(came_of_it), standing.get(pk)
        if said in _STANDS and not (board in right and right[board].lifts(said, at)):
            standing[pk] = before if before == CameOfIt.REFUSAL else said
        elif before and said in _LIFTS[before]:
            del standing[pk]
    return standing


_STANDS = frozenset({CameOfIt.REFUSAL, CameOfIt.VACANCY, CameOfIt.WRONG_ADDRESS})
_LIFTS = {
    CameOfIt.REFUSAL: frozenset({CameOfIt.PROMISE}),
    CameOfIt.VACANCY: frozenset({CameOfIt.PROMISE, CameOfIt.SPOKE}),
    CameOfIt.WRONG_ADDRESS: frozenset({CameOfIt.PROMISE, CameOfIt.SPOKE}),
}


def _outcome(known: Known, cut_offs: CutOffs, decision: OutcomeDecision | None) -> Outcome:
    derived, why = derive(known, cut_offs)
    if decision is None or not decision.disposition:
        return Outcome(derived, why, derived, why)
    return Outcome(Disposition(decision.disposition), decision.reason, derived, why, is_decided=True)


def _decided(wave: Wave, of: Iterable[UUID] | None) -> dict[UUID, OutcomeDecision]:
    decisions = _of(OutcomeDecision.objects.filter(survey_return__wave=wave), of).order_by("pk")
    return {each.survey_return_id: each for each in decisions}


def _sent(wave: Wave, of: Iterable[UUID] | None) -> dict[UUID, Answered]:
    """What each return's counting submission answers; a document is read once in a process."""
    counting = _of(Submission.objects.counting().filter(survey_return__wave=wave), of)
    found = dict(counting.filter(survey_return__board__isnull=False).values_list("digest", "survey_return"))
    if len(_COUNTED) + len(found) > MOST_REMEMBERED:
        _COUNTED.clear()
    unknown = [digest for digest in found if digest not in _COUNTED]
    # A statement takes only so many parameters: many are asked for with all the others.
    documents = counting.filter(digest__in=unknown) if len(unknown) < MOST_NAMED else counting
    for digest, answers, texts in documents.values_list("digest", "answers", "texts").iterator():
        _COUNTED[digest] = count_answers(wave.questionnaire, {**answers, **texts})
    return {survey_return: _COUNTED[digest] for digest, survey_return in found.items()}


def count_answers(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Answered:
    """How many of the items asked have an answer; boxes that follow a yes are extra, as on the task list."""
    asked = [code for code in applicable(questionnaire, values) if not questionnaire.items[code].follow_up]
    return Answered(sum(answered(values.get(code)) for code in asked), len(asked))


def _reached(wave: Wave, returns: Mapping[int, UUID], *, is_whole: bool, now: datetime) -> Reached:
    signed_in, reachable, unreachable = set[UUID](), set[UUID](), set[UUID]()
    bounced = bounced_addresses()
    for pk, email, last_login in _people(wave, returns, is_whole=is_whole, now=now):
        if last_login and last_login >= wave.opens_at:
            signed_in.add(pk)
        (unreachable if email in bounced else reachable).add(pk)
    return Reached(frozenset(signed_in), frozenset(unreachable - reachable))


def bounced_addresses() -> frozenset[str]:
    """Addresses to which a message bounced. Trying one again makes the address good until one bounces anew."""
    return frozenset(
        Message.objects.filter(state=MessageState.BOUNCED, bounced_at__isnull=False).values_list("recipient", flat=True)
    )


def _people(
    wave: Wave, returns: Mapping[int, UUID], *, is_whole: bool, now: datetime
) -> Iterator[tuple[UUID, str, datetime | None]]:
    """Everybody on each return: its return's key, their address, and when they last signed in."""
    whole = Q(board__in=wave.returns.in_frame().values("board"))
    boards = whole if is_whole else Q(board__in=list(returns))
    current = Appointment.objects.filter(boards).current_on(timezone.localdate(now))
    for board, email, last_login in current.values_list("board", "person__email", "person__last_login"):
        if board in returns:
            yield returns[board], email, last_login
    asked = Contribution.objects.current().filter(survey_return__wave=wave)
    colleagues = _of(asked, None if is_whole else returns.values())
    yield from colleagues.values_list("survey_return", "person__email", "person__last_login")


def _of(rows: "QuerySet[M]", of: Iterable[UUID] | None) -> "QuerySet[M]":
    return rows if of is None else rows.filter(survey_return__in=list(of))
