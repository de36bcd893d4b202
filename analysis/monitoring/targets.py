"""Service: the response rates that a wave is watched against, and what an hour of those who answer costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.monitoring.models import USUAL_TARGET, WaveTarget
from survey.models import Wave

TARGET_SET = declare("wave.target_set", "Set the target response rate")


@dataclass(frozen=True)
class Targets:
    """The rate wanted of all boards, in per cent, and of single types and regions where that differs."""

    percent: int = USUAL_TARGET
    levels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hourly_rate: Decimal | None = None
    recontact_minutes: int | None = None

    def of(self, stratum: str, level: str) -> int:
        """The rate wanted of this level: its own, or that of the wave."""
        return self.levels.get(stratum, {}).get(level, self.percent)


def boards_wanted(percent: int, eligible: int) -> int:
    """How many returns reach a target."""
    return -(-percent * eligible // 100)


def targets_of(wave: Wave) -> Targets:
    """The targets of the wave."""
    found = WaveTarget.objects.filter(wave=wave).first()
    return Targets(found.percent, found.levels, found.hourly_rate, found.recontact_minutes) if found else Targets()


@transaction.atomic
def set_targets(wave: Wave, wanted: Targets, *, by: User, now: datetime) -> None:
    """The wave is watched against these rates from now on."""
    before = targets_of(wave).percent
    said = {
        "percent": wanted.percent,
        "levels": wanted.levels,
        "hourly_rate": wanted.hourly_rate,
        "recontact_minutes": wanted.recontact_minutes,
    }
    WaveTarget.objects.update_or_create(wave=wave, defaults={**said, "set_by": by, "set_at": now})
    detail = {"before": before, "after": wanted.percent, "levels": wanted.levels}
    record(TARGET_SET, by=by, subject=wave, about=wave.title, wave=wave.slug, detail=detail, now=now)
