"""Everything that the dashboard tells of a wave at one moment, counted once, for its pages and its files alike."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from analysis.core.forecast import Before, Forecast, forecast
from analysis.core.percent import percent
from analysis.core.representativeness import Representativeness, compare_returns
from analysis.core.response import LevelResponse, Rate, response_by_level
from analysis.monitoring.chairs import Chairs, count_chairs
from analysis.monitoring.counts import Frame, count_frame
from analysis.monitoring.days import Days, count_days
from analysis.monitoring.hexagons import AuthorityState, states_on_map
from analysis.monitoring.models import Tally
from analysis.monitoring.targets import Targets, boards_wanted, targets_of
from respondents.contacts.eligibility import eligible_returns
from respondents.register.models import AuthorityType, Region
from survey.models import Wave

LEVELS = {"authority_type": tuple(AuthorityType.values), "region": tuple(Region.values)}


@dataclass(frozen=True)
class Figures:
    """What was counted; what follows from it is reckoned when it is asked for."""

    wave: Wave
    now: datetime
    frame: Frame
    chairs: Chairs
    days: Days
    targets: Targets
    authorities: tuple[AuthorityState, ...]
    tally: Tally | None
    before: Wave | None
    before_days: Days | None
    before_eligible: int

    @cached_property
    def headline(self) -> Rate:
        """All returns of all eligible boards."""
        return Rate(self.frame.returned, self.frame.eligible, "boards")

    @property
    def target(self) -> int:
        """The response rate that is wanted of all boards, in per cent."""
        return self.targets.percent

    @cached_property
    def target_boards(self) -> int:
        """How many returns reach the target."""
        return boards_wanted(self.target, self.frame.eligible)

    @property
    def wanting(self) -> int:
        """How many returns the target still wants."""
        return max(self.target_boards - self.frame.returned, 0)

    def levels(self, stratum: str) -> tuple[LevelResponse, ...]:
        """The response at each level that the frame knows, in the usual order; the last is that of no level."""
        boards, authorities = self.frame.boards_by(stratum), self.frame.authorities_by(stratum)
        known = [*LEVELS[stratum], *sorted({*boards, ""} - {*LEVELS[stratum], ""}), ""]
        returns = self.frame.returns_by(stratum)
        return response_by_level(
            known, returns=returns, boards=boards, authorities=authorities, total=self.frame.returned
        )

    def total(self, stratum: str) -> LevelResponse:
        """The response over all levels."""
        (whole,) = response_by_level(
            ["Total"],
            returns={"Total": self.frame.returned},
            boards={"Total": self.frame.eligible},
            authorities={"Total": self.frame.authorities_by(stratum).total()},
            total=self.frame.returned,
        )
        return whole

    @cached_property
    def evenness(self) -> dict[str, Representativeness | None]:
        """For each stratum, how those who answered compare with all; returns that name no level are left out."""
        return {stratum: self._compared(stratum) for stratum in LEVELS}

    def _compared(self, stratum: str) -> Representativeness | None:
        levels = [level for level in self.levels(stratum)[:-1] if level.returns <= level.boards.eligible]
        return compare_returns(
            [level.returns for level in levels], eligible=[level.boards.eligible for level in levels]
        )

    def residuals(self, stratum: str) -> dict[str, float]:
        """The adjusted residual of each level; none while there is nothing to compare."""
        found = self.evenness[stratum]
        names = [level.level for level in self.levels(stratum)[:-1] if level.returns <= level.boards.eligible]
        return dict(zip(names, found.residuals, strict=True)) if found else {}

    @cached_property
    def forecast(self) -> Forecast | None:
        """How many returns there will be at the close, where enough is known to say."""
        if not self.wave.is_open_at(self.now):
            return None
        eligible = self.frame.eligible + self.frame.unattributed
        return forecast(self.days.per_day, eligible=eligible, days_left=self.days.left, before=self._before())

    def _before(self) -> Before | None:
        """What the wave before had still to come on the same day of its fieldwork."""
        if self.before_days is None or not self.before_days.per_day:
            return None
        totals = self.before_days.totals
        then = totals[min(len(self.days.per_day), len(totals)) - 1]
        return Before(silent=self.before_eligible - then, answered_later=totals[-1] - then)

    @property
    def rate(self) -> int | None:
        """The response rate in whole per cent."""
        return percent(self.frame.returned, self.frame.eligible) if self.frame.eligible else None


def figures_of(wave: Wave, *, now: datetime) -> Figures:
    """All that is counted, in ten queries, however many boards there are."""
    before = Wave.objects.earlier_than(wave).filter(closes_at__lte=now).first()
    days = count_days([wave, *([before] if before else [])], now=now)
    return Figures(
        wave=wave,
        now=now,
        frame=count_frame(wave, now=now),
        chairs=count_chairs(wave, now=now),
        days=days[wave.pk],
        targets=targets_of(wave),
        authorities=states_on_map(wave, now=now),
        tally=Tally.objects.filter(wave=wave).first(),
        before=before,
        before_days=days[before.pk] if before else None,
        before_eligible=eligible_returns(before, now=now).count() if before else 0,
    )
