"""Returns and authorities by stratum and state: counted by the database, in few queries, never return by return."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q

from analysis.core.cube import STRATA
from respondents.contacts.eligibility import left_out
from respondents.returns.models import FrameAuthority, ReturnState
from respondents.returns.states import with_state
from survey.models import Wave

SENT = Q(submitted_version__isnull=False)
BOARD_SENT = Q(survey_return__submitted_version__isnull=False, survey_return__board__isnull=False)


@dataclass(frozen=True, slots=True)
class Group:
    """So many returns that are alike in stratum and state; those without a board name none that is eligible.

    What a board sent that is not of the population is not sent, but kept.
    """

    strata: Mapping[str, str]
    state: ReturnState
    has_board: bool
    is_sent: bool
    returns: int
    is_out: bool = False
    is_kept: bool = False


@dataclass(frozen=True)
class Frame:
    """The returns of a wave, counted by stratum and state, and the authorities of its frame by stratum."""

    groups: tuple[Group, ...]
    authorities: tuple[tuple[Mapping[str, str], int, int], ...]  # strata, eligible, of boards that answered

    @cached_property
    def eligible(self) -> int:
        """How many boards could answer."""
        return sum(group.returns for group in self.groups if group.has_board)

    @cached_property
    def returned(self) -> int:
        """How many returns were sent, those that name no board included."""
        return sum(group.returns for group in self.groups if group.is_sent)

    @cached_property
    def not_eligible(self) -> int:
        """How many boards of the frame are not of the population."""
        return sum(group.returns for group in self.groups if group.is_out)

    @cached_property
    def kept(self) -> int:
        """How many of those sent something, which is kept and counted nowhere."""
        return sum(group.returns for group in self.groups if group.is_kept)

    @cached_property
    def unattributed(self) -> int:
        """How many returns that were sent name no board."""
        return sum(group.returns for group in self.groups if group.is_sent and not group.has_board)

    @cached_property
    def states(self) -> Mapping[ReturnState, int]:
        """How many boards are in each state."""
        found = Counter(dict.fromkeys(ReturnState, 0))
        for group in self.groups:
            found[group.state] += group.returns * group.has_board
        return found

    def returns_by(self, stratum: str) -> Counter[str]:
        """Returns sent, by level; the empty level is that of returns that do not say."""
        return _summed((group.strata[stratum], group.returns) for group in self.groups if group.is_sent)

    def boards_by(self, stratum: str) -> Counter[str]:
        """Eligible boards by level."""
        return _summed((group.strata[stratum], group.returns) for group in self.groups if group.has_board)

    def authorities_by(self, stratum: str) -> Counter[str]:
        """Authorities of the frame by level."""
        return _summed((strata[stratum], eligible) for strata, eligible, _ in self.authorities)


def _summed(pairs: Iterator[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for level, number in pairs:
        found[level] += number
    return found


def count_frame(wave: Wave, *, now: datetime) -> Frame:
    """Two queries: returns by stratum and state, authorities by stratum."""
    out = left_out(wave, now=now).values("pk")
    told = {"has_board": Q(board__isnull=False), "is_sent": SENT, "is_out": Q(pk__in=out)}
    returns = with_state(wave.returns.counting()).annotate(**told)
    rows = returns.order_by().values_list(*STRATA, "state_now", *told).annotate(Count("pk"))
    authorities = FrameAuthority.objects.filter(survey_return__wave=wave).exclude(survey_return__in=out)
    covered = authorities.order_by().values_list(*STRATA).annotate(Count("pk"), sent=Count("pk", filter=BOARD_SENT))
    return Frame(
        groups=tuple(
            Group(
                strata=dict(zip(STRATA, levels, strict=True)),
                state=ReturnState(state),
                has_board=has_board and not is_out,
                is_sent=is_sent and not is_out,
                returns=number,
                is_out=is_out,
                is_kept=is_sent and is_out,
            )
            for *levels, state, has_board, is_sent, is_out, number in rows
        ),
        authorities=tuple(
            (dict(zip(STRATA, levels, strict=True)), eligible, sent) for *levels, eligible, sent in covered
        ),
    )
