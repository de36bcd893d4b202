"""The boards of a wave as a list: narrowed, ordered by whom to chase first, with who chairs them and the next step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, FloatField, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import User
from analysis.monitoring.figures import LEVELS, Figures
from respondents.register.models import Appointment
from respondents.returns.models import Return, ReturnState
from respondents.returns.states import with_state
from survey.models import Wave

MISSING = "missing"
SILENT = (ReturnState.NOT_STARTED, ReturnState.IN_PROGRESS, ReturnState.WAITING)


@dataclass(frozen=True)
class BoardRow:
    """One board: who chairs it, how its return stands, and what to do about it."""

    found: Return
    state: ReturnState
    chairs: tuple[User, ...]
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
    if state := wanted.get("state"):
        returns = returns.filter(**({"submitted_version": None} if state == MISSING else {"state_now": state}))
    for stratum in LEVELS:
        if level := wanted.get(stratum):
            returns = returns.filter(**{stratum: level})
    if name := wanted.get("name"):
        returns = returns.filter(board__name__icontains=name)
    ranked = returns.annotate(priority=priority(figures), is_sent=_is_sent())
    return ranked.order_by("is_sent", "priority", "board__area_name", "pk")


def priority(figures: Figures) -> Least:
    """The lowest residual of the board's strata: the further below nought, the sooner it is worth chasing."""
    return Least(*(_residual(figures, stratum) for stratum in LEVELS))


def _residual(figures: Figures, stratum: str) -> Case:
    whens = [When(**{stratum: level}, then=Value(value)) for level, value in figures.residuals(stratum).items()]
    return Case(*whens, default=Value(0.0), output_field=FloatField())


def _is_sent() -> Case:
    return Case(When(submitted_version__isnull=True, then=Value(0)), default=Value(1))


def rows_of(returns: Iterable[Return], *, now: datetime) -> tuple[BoardRow, ...]:
    """The rows of these returns, with one query for everybody who chairs them."""
    found = list(returns)
    chairs = chairs_of([each.board_id for each in found if each.board_id], day=timezone.localdate(now))
    return tuple(_row(each, chairs.get(each.board_id or 0, ())) for each in found)


def chairs_of(boards: Sequence[int], *, day: date) -> Mapping[int, Sequence[User]]:
    """Who chairs each of these boards on this day."""
    people: defaultdict[int, list[User]] = defaultdict(list)
    in_force = Appointment.objects.current_on(day).filter(board__in=boards)
    for each in in_force.select_related("person").order_by("from_date", "pk"):
        people[each.board_id].append(each.person)
    return people


def _row(found: Return, chairs: Sequence[User]) -> BoardRow:
    state = ReturnState(getattr(found, "state_now", found.state))
    return BoardRow(
        found, state, tuple(chairs), getattr(found, "priority", 0.0), next_step(state, has_chair=bool(chairs))
    )


def next_step(state: ReturnState, *, has_chair: bool) -> str:
    """What to do about a board, in words."""
    if state in {ReturnState.SUBMITTED, ReturnState.CHANGED}:
        return "Ask them to submit their changes" if state is ReturnState.CHANGED else "Nothing"
    if state is ReturnState.WAITING:
        return "Ask the signer to sign"
    if not has_chair:
        return "Find out who chairs it"
    return "Ask what stands in the way" if state is ReturnState.IN_PROGRESS else "Remind, then ring"
