"""Services: nobody becomes or ceases to be a chair in silence: they, those beside and those before are told at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.audit.recording import account_words, record
from accounts.models import User
from accounts.outbox.letters import letter_from
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from respondents.register.acts import CHANGED_WHILE_OPEN
from respondents.register.history import Values
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return

LETTER = "respondents/register/email/{}.txt"
FOR_EVER = "9999-12-31"
OF_LATE = timedelta(weeks=6)  # so that two changes one after the other are not quieter than one


def tell_of_chairs(
    made: Iterable[Appointment],
    *,
    left: Sequence[Appointment] = (),
    new: Collection[int] = (),
    but: Collection[int] = (),
    by: User,
    now: datetime,
) -> None:
    """Writes of each appointment that is not over to whoever else chairs the board or did of late, and to `left`.

    Those in `left` lost days, or all of them: who is written to of nobody's appointment, is told of their own. `new`
    are the appointments that the register learns of only now, whose people are not told of each other; `but` are the
    accounts of people who are told in another way.
    """
    today = timezone.localdate(now)
    lasting = [each for each in made if each.until_date is None or each.until_date >= today]
    others: defaultdict[int, dict[int, User]] = defaultdict(dict)
    for other in (*_of_late(Board.objects.filter(pk__in={each.board_id for each in lasting}), now=now), *left):
        if other.pk not in new and other.person.is_active and other.person_id not in but:
            others[other.board_id][other.person_id] = other.person
    pairs = [(each, who) for each in lasting for who in others[each.board_id].values() if who.pk != each.person_id]
    told = {(each.board_id, who.pk) for each, who in pairs}
    ended = [each for each in left if each.person.is_active and (each.board_id, each.person_id) not in told]
    letters = [_of_chair(each, who, by=by, now=now) for each, who in pairs]
    queue_messages([*letters, *(_of_end(each, by=by, now=now) for each in ended)])


def loses_days(found: Appointment, values: Values, *, now: datetime) -> bool:
    """Whether an appointment that held of late, or was to hold, holds for fewer days by this change of it."""
    stands = str(found.until_date or "") or None
    before, after = (str(each or FOR_EVER) for each in values.get("until", [stands, stands]))
    begins = [str(each or "") for each in values.get("from", ["", ""])]
    since = (timezone.localdate(now) - OF_LATE).isoformat()
    return before >= since and (after < before or begins[1] > begins[0])


def tell_of_address(person: User, *, old: str, key: int, by: User, now: datetime) -> None:
    """Writes to the old address, and to everybody who chairs a board beside the person; `key` is that of the change."""
    boards = Board.objects.filter(appointments__in=_chairs(Board.objects.all(), now=now).filter(person=person))
    beside = {each.person.email for each in _chairs(boards, now=now).exclude(person=person)}
    words = {"person": person, "by": by, "boards": list(boards)}
    told = letter_from(LETTER.format("new_address"), words, subject="An address for signing in was changed")
    queue_messages(
        new_message(
            f"address-{person.pk}-{key}-{number}", kind=MessageKind.SURVEY_TEAM, recipient=to, letter=told, now=now
        )
        for number, to in enumerate((old, *sorted(beside)))
    )


def note_while_open(boards: QuerySet[Board], *, about: str, by: User, now: datetime) -> None:
    """An entry in the audit for each survey in which these boards can answer now: administrators look through these."""
    is_open = Q(wave__closes_at__gt=now) | Q(extended_until__gt=now) | Q(reopenings__until__gt=now)
    returns = Return.objects.filter(is_open, board__in=boards, wave__opened_at__isnull=False).order_by("wave__slug")
    for slug, many in returns.values_list("wave__slug").annotate(many=Count("pk", distinct=True)):
        record(CHANGED_WHILE_OPEN, by=by, about=about, wave=slug, detail={"boards": many}, now=now)


def about_chair(found: Appointment) -> str:
    """An appointment as the audit names it: nobody's name stays there for good."""
    return f"{account_words(found.person)}, {found.board}"


def _chairs(boards: QuerySet[Board], *, now: datetime) -> "QuerySet[Appointment]":
    today = timezone.localdate(now)
    current = Appointment.objects.filter(board__in=boards, person__is_active=True).current_on(today)
    return current.select_related("person", "board")


def _of_late(boards: QuerySet[Board], *, now: datetime) -> "QuerySet[Appointment]":
    """Who chairs these boards, or did within the last weeks."""
    today = timezone.localdate(now)
    lasting = Q(until_date__isnull=True) | Q(until_date__gte=today - OF_LATE)
    found = Appointment.objects.filter(lasting, board__in=boards, from_date__lte=today, person__is_active=True)
    return found.select_related("person", "board")


def _of_chair(made: Appointment, other: User, *, by: User, now: datetime) -> Message:
    words = {"made": made, "person": other, "by": by}
    told = letter_from(LETTER.format("new_chair"), words, subject=f"Who chairs the board: {made.board}")
    key = f"chair-{made.person_id}-{made.pk}-{now.isoformat()}-{other.pk}"
    return new_message(key, kind=MessageKind.SURVEY_TEAM, recipient=other.email, letter=told, now=now)


def _of_end(left: Appointment, *, by: User, now: datetime) -> Message:
    """To the person whose appointment was ended or shortened; one without a key was taken off the register."""
    words = {"left": left, "by": by}
    told = letter_from(LETTER.format("ended_chair"), words, subject=f"Your appointment as chair: {left.board}")
    key = f"chair-left-{left.person_id}-{left.board_id}-{left.pk or ''}-{now.isoformat()}"
    return new_message(key, kind=MessageKind.SURVEY_TEAM, recipient=left.person.email, letter=told, now=now)
