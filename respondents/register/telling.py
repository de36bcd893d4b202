"""Services: nobody becomes a chair in silence: those beside and before them are told at once; so is an old address."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.audit.recording import account_words, record
from accounts.models import User
from accounts.outbox.letters import letter_from
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from respondents.register.acts import CHANGED_WHILE_OPEN
from respondents.register.applying import batches
from respondents.register.history import ChangeKind, RegisterImport, Subject
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return

KINDS = ((ChangeKind.ENDED,), (ChangeKind.ADDED, ChangeKind.CHANGED))
LETTER = "respondents/register/email/{}.txt"


def tell_of_chairs(made: Iterable[Appointment], *, left: Sequence[Appointment] = (), by: User, now: datetime) -> None:
    """Writes of each appointment that is not over to the board's other chairs of today and to those whom it ended."""
    today = timezone.localdate(now)
    lasting = [each for each in made if each.until_date is None or each.until_date >= today]
    others, new = defaultdict(list), {each.pk for each in lasting}
    for other in left:
        others[other.board_id].append(other)
    for some in batches(lasting):
        for other in _chairs(Board.objects.filter(pk__in={each.board_id for each in some}), now=now):
            others[other.board_id].append(other)
        told = ((each, {other.person for other in others[each.board_id] if other.pk not in new}) for each in some)
        pairs = ((each, who) for each, several in told for who in several - {each.person})
        queue_messages(_of_chair(each, who, by=by, now=now) for each, who in pairs)


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


def tell_of_import(applied: RegisterImport, *, by: User, now: datetime) -> None:
    """Writes of each appointment that an import added or changed, and notes on which open surveys it bears."""
    changes = applied.changes.filter(subject=Subject.APPOINTMENT)
    ended, lasting = (changes.filter(kind__in=kinds).values("key") for kinds in KINDS)
    found = Appointment.objects.select_related("person", "board")
    left = list(found.filter(pk__in=ended, person__is_active=True))
    tell_of_chairs(found.filter(pk__in=lasting), left=left, by=by, now=now)
    note_while_open(Board.objects.filter(pk__in=changes.values("board_key")), about=applied.name, by=by, now=now)


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


def _of_chair(made: Appointment, other: User, *, by: User, now: datetime) -> Message:
    words = {"made": made, "person": other, "by": by}
    told = letter_from(LETTER.format("new_chair"), words, subject=f"Who chairs the board: {made.board}")
    key = f"chair-{made.person_id}-{made.pk}-{made.from_date}-{made.until_date or ''}-{other.pk}"
    return new_message(key, kind=MessageKind.SURVEY_TEAM, recipient=other.email, letter=told, now=now)
