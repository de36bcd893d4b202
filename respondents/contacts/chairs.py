"""Reads: when a board's chair was last put right on the register, so that what was noted before holds no longer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from respondents.contacts.models import CameOfIt, ContactEntry
from respondents.register.history import ChangeKind, RegisterChange, Subject, Values
from respondents.register.models import Appointment
from survey.models import Wave

LIFTED = frozenset({CameOfIt.VACANCY, CameOfIt.WRONG_ADDRESS})  # by what the register says since


@dataclass
class PutRight:
    """The day on which a board's last chair began, when one was last recorded, and when an address last changed."""

    began: date | None = None
    recorded: datetime | None = None
    readdressed: datetime | None = None

    def lifts(self, said: CameOfIt, at: datetime) -> bool:
        """Whether what was noted at that moment holds no longer."""
        if said not in LIFTED:
            return False
        is_new = self.began is not None and self.began > timezone.localdate(at)
        moments = (self.recorded, self.readdressed if said == CameOfIt.WRONG_ADDRESS else None)
        return is_new or any(moment is not None and moment > at for moment in moments)


def put_right(wave: Wave) -> Mapping[int, PutRight]:
    """The same for each board of the wave that has a log, in two queries."""
    found: defaultdict[int, PutRight] = defaultdict(PutRight)
    boards = ContactEntry.objects.filter(survey_return__wave=wave).values("survey_return__board")
    chaired: defaultdict[int, list[int]] = defaultdict(list)
    last: dict[int, date | None] = {}
    fields = ("pk", "board", "person", "from_date", "until_date")
    for pk, board, person, begins, until in (
        Appointment.objects.filter(board__in=boards).order_by("from_date").values_list(*fields)
    ):
        found[board].began = begins
        chaired[person].append(board)
        last[pk] = until
    people = Appointment.objects.filter(board__in=boards).values("person")
    appointed = Q(subject=Subject.APPOINTMENT, board_key__in=boards)
    readdressed = Q(subject=Subject.PERSON, kind=ChangeKind.CHANGED, key__in=people, values__has_key="email")
    changes = RegisterChange.objects.exclude(kind=ChangeKind.REMOVED).order_by("pk")
    for subject, key, board_key, at, kind, values in changes.filter(appointed | readdressed).values_list(
        "subject", "key", "board_key", "at", "kind", "values"
    ):
        if subject == Subject.PERSON:
            for board in chaired[key]:
                found[board].readdressed = at
        elif key in last and _lasts(last[key], at) and (kind == ChangeKind.ADDED or _says_who_is_in_office(values, at)):
            found[board_key or 0].recorded = at
    return found


def _lasts(until: date | None, at: datetime) -> bool:
    """Whether somebody was in office, or still to come, when it was recorded."""
    return until is None or until >= timezone.localdate(at)


def _says_who_is_in_office(values: Values, at: datetime) -> bool:
    """Whether a correction says that somebody chairs for longer, or from now on; not since when, or how."""
    before, after = (str(day or "") for day in values.get("from", ("", "")))
    was, until = (str(day or "9999") for day in values.get("until", ("", "")))
    return until > was or before > timezone.localdate(at).isoformat() >= after
