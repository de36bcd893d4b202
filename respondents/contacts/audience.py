"""Reads: to whom a mailing goes, and who is left out of it and why; in a fixed number of queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from respondents.contacts.disposition import Disposition
from respondents.contacts.models import CameOfIt, MailingKind, OutcomeDecision, Stop
from respondents.contacts.outcomes import bounced_addresses, standing_words
from respondents.register.models import Appointment
from respondents.returns.models import Return, ReturnState
from respondents.together.models import Contribution, Part
from survey.models import Wave


class LeftOutFor(Enum):
    """Why nothing is sent to a board or to a person."""

    SENT = "has sent its return"
    NOT_SENT = "has not sent a return"
    REFUSED = "has refused"
    NOT_ELIGIBLE = "was decided not to be eligible, or a duplicate"
    STOPPED = "is on the stop list"
    VACANT = "has no chair who can sign in"
    ENDED = "has no chair since the last appointment ended"
    WRONG_ADDRESS = "has a wrong address, says the contact log"
    BOUNCED = "has an address from which a message came back"


@dataclass(frozen=True)
class Due:
    """One person to whom the message about one return goes."""

    found: Return
    person: User


@dataclass(frozen=True)
class LeftOut:
    """A board, or one person of it, to whom nothing goes."""

    found: Return
    why: LeftOutFor
    person: User | None = None


@dataclass
class Audience:
    """Who gets a message and who does not."""

    due: list[Due] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What is known of the returns at hand."""

    chairs: dict[int, list[User]]
    signers: dict[UUID, list[User]]
    said: dict[UUID, CameOfIt]
    decided: dict[UUID, str]
    stopped_boards: frozenset[int]
    stopped: frozenset[str]
    bounced: frozenset[str]
    ended: frozenset[int]


def audience_of(wave: Wave, kind: MailingKind, returns: Sequence[Return], *, now: datetime) -> Audience:
    """Who among the people of these returns gets a message of this kind at this moment."""
    known, audience = _look_up(wave, returns, now=now), Audience()
    for found in returns:
        reason = _reason_for_board(found, kind, known)
        if reason:
            audience.left_out.append(LeftOut(found, reason))
            continue
        for person in _people_of(found, kind, known):
            if why := _reason_for_person(person, known):
                audience.left_out.append(LeftOut(found, why, person))
            else:
                audience.due.append(Due(found, person))
    return audience


def _reason_for_board(found: Return, kind: MailingKind, known: _Known) -> LeftOutFor | None:
    board, said, decided = found.board_id or 0, known.said.get(found.pk), known.decided.get(found.pk)
    has_sent = found.submitted_version is not None
    reasons = {
        LeftOutFor.SENT: has_sent and kind in (MailingKind.REMINDER, MailingKind.INVITATION),
        LeftOutFor.NOT_SENT: not has_sent and kind == MailingKind.THANKS,
        LeftOutFor.NOT_ELIGIBLE: decided in (Disposition.NOT_ELIGIBLE, Disposition.DUPLICATE),
        LeftOutFor.REFUSED: decided == Disposition.REFUSAL or said == CameOfIt.REFUSAL,
        LeftOutFor.STOPPED: board in known.stopped_boards,
        LeftOutFor.ENDED: board not in known.chairs and board in known.ended,
        LeftOutFor.VACANT: board not in known.chairs or said == CameOfIt.VACANCY,
        LeftOutFor.WRONG_ADDRESS: said == CameOfIt.WRONG_ADDRESS,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _reason_for_person(person: User, known: _Known) -> LeftOutFor | None:
    if person.email in known.stopped:
        return LeftOutFor.STOPPED
    return LeftOutFor.BOUNCED if person.email in known.bounced else None


def _people_of(found: Return, kind: MailingKind, known: _Known) -> Iterable[User]:
    """The chairs; also who is asked to sign, where a reminder goes to a return that waits for that."""
    waits = kind == MailingKind.REMINDER and found.state == ReturnState.WAITING
    signers = known.signers.get(found.pk, []) if waits else []
    return {person.pk: person for person in (*known.chairs.get(found.board_id or 0, []), *signers)}.values()


def _look_up(wave: Wave, returns: Sequence[Return], *, now: datetime) -> _Known:
    boards, keys = [found.board_id for found in returns if found.board_id], [found.pk for found in returns]
    chairs, signers = defaultdict(list), defaultdict(list)
    appointments = Appointment.objects.filter(board__in=boards, person__is_active=True).select_related("person")
    for each in appointments.current_on(timezone.localdate(now)):
        chairs[each.board_id].append(each.person)
    asked = Contribution.objects.current().filter(part=Part.SIGNER, person__is_active=True, survey_return__in=keys)
    for contribution in asked.select_related("person"):
        signers[contribution.survey_return_id].append(contribution.person)
    without = [board for board in boards if board not in chairs]
    past = Appointment.objects.filter(board__in=without, until_date__lt=timezone.localdate(now))
    decisions = OutcomeDecision.objects.filter(survey_return__in=keys).order_by("pk")
    stops = list(Stop.objects.in_force().values_list("board", "email"))
    return _Known(
        chairs=dict(chairs),
        signers=dict(signers),
        said=standing_words(wave, keys),
        decided=dict(decisions.values_list("survey_return", "disposition")),
        stopped_boards=frozenset(board for board, _ in stops if board),
        stopped=frozenset(email for _, email in stops if email),
        bounced=bounced_addresses(),
        ended=frozenset(past.values_list("board", flat=True)) if without else frozenset(),
    )
