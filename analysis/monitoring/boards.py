"""The boards of a wave as a list: narrowed, ordered by whom to chase first, with who chairs them and the next step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import User
from analysis.monitoring.contacts import Contacts, contacts_of, next_step
from analysis.monitoring.counts import Group
from analysis.monitoring.figures import LEVELS, Figures
from respondents.contacts.eligibility import left_out
from respondents.register.models import Appointment
from respondents.returns.models import Return, ReturnState
from respondents.returns.states import with_state
from survey.models import Wave

MISSING = "missing"
NOT_ELIGIBLE = "Nothing: not eligible"
KEPT = "Nothing: not eligible, so its return is kept and not counted"
MOST_NAMED = 500


@dataclass(frozen=True)
class BoardRow:
    """One board: who chairs it, how its return stands, and what to do about it."""

    found: Return
    state: ReturnState
    chairs: tuple[User, ...]
    contacts: Contacts
    priority: float
    next_step: str

    @property
    def who(self) -> str:
        """The chairs in words."""
        return ", ".join(str(person) for person in self.chairs)


def boards_of(wave: Wave, wanted: Mapping[str, Any], *, figures: Figures) -> "QuerySet[Return]":
    """The returns of the frame that are wanted, those to chase first above: one lazy query, without any answer."""
    returns: QuerySet[Return] = (
        with_state(wave.returns.in_frame()).defer("answers", "texts", "copied").select_related("board")
    )
    out = left_out(wave, now=figures.now).values("pk")
    returns = returns.annotate(is_out=Q(pk__in=out))
    if state := wanted.get("state"):
        returns = returns.filter(is_out=False)
        returns = returns.filter(**({"submitted_version": None} if state == MISSING else {"state_now": state}))
    for stratum in LEVELS:
        if level := wanted.get(stratum):
            returns = returns.filter(**{stratum: level})
    if name := wanted.get("name"):
        returns = returns.filter(board__name__icontains=name)
    ranked = returns.annotate(priority=priority(figures), is_sent=_is_sent())
    return ranked.order_by("is_sent", "priority", "board__area_name", "pk")


def known_count(figures: Figures, wanted: Mapping[str, Any]) -> int | None:
    """How many boards are wanted, from what was counted already; nothing where a name must be looked for.

    A state is one of eligible boards; without one those are listed too that are not.
    """
    if wanted.get("name"):
        return None
    groups = (group for group in figures.frame.groups if group.has_board or (group.is_out and not wanted.get("state")))
    return sum(group.returns for group in groups if _is_wanted(group, wanted))


def _is_wanted(group: Group, wanted: Mapping[str, Any]) -> bool:
    state = wanted.get("state")
    in_state = not state or (not group.is_sent if state == MISSING else group.state == state)
    return in_state and all(group.strata[stratum] == wanted[stratum] for stratum in LEVELS if wanted.get(stratum))


def priority(figures: Figures) -> Least:
    """The lowest residual of the board's strata: the further below nought, the sooner it is worth chasing."""
    return Least(*(_residual(figures, stratum) for stratum in LEVELS))


def _residual(figures: Figures, stratum: str) -> Case:
    whens = [When(**{stratum: level}, then=Value(value)) for level, value in figures.residuals(stratum).items()]
    return Case(*whens, default=Value(0.0), output_field=FloatField())


def _is_sent() -> Case:
    return Case(When(submitted_version__isnull=True, then=Value(0)), default=Value(1))


def rows_of(wave: Wave, returns: Iterable[Return], *, now: datetime) -> tuple[BoardRow, ...]:
    """The rows of these returns, with five queries for everybody who chairs them and every contact."""
    found, today = list(returns), timezone.localdate(now)
    chairs = chairs_of(wave, [each.board_id for each in found if each.board_id], day=today)
    contacts, none = contacts_of(wave, found), Contacts()
    return tuple(
        _row(each, chairs.get(each.board_id or 0, ()), contacts.get(each.pk, none), today=today) for each in found
    )


def chairs_of(wave: Wave, boards: Sequence[int], *, day: date) -> Mapping[int, Sequence[User]]:
    """Who chairs each of these boards of the wave on this day."""
    people: defaultdict[int, list[User]] = defaultdict(list)
    # A statement takes only so many parameters: a long list is looked up with the whole wave.
    chosen = Q(board__in=boards) if len(boards) <= MOST_NAMED else Q(board__returns__wave=wave)
    in_force = Appointment.objects.current_on(day).filter(chosen)
    for each in in_force.select_related("person").order_by("from_date", "pk"):
        people[each.board_id].append(each.person)
    return people


def _row(found: Return, chairs: Sequence[User], contacts: Contacts, *, today: date) -> BoardRow:
    state = ReturnState(getattr(found, "state_now", found.state))
    step = next_step(state, contacts, has_chair=bool(chairs), today=today)
    if getattr(found, "is_out", False):
        step = KEPT if found.submitted_version is not None else NOT_ELIGIBLE
    return BoardRow(found, state, tuple(chairs), contacts, getattr(found, "priority", 0.0), step)
