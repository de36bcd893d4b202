"""Service: the response rate that a wave is watched against."""

from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.monitoring.models import USUAL_TARGET, WaveTarget
from survey.models import Wave

TARGET_SET = declare("wave.target_set", "Set the target response rate")


def target_of(wave: Wave) -> int:
    """The target of the wave in per cent."""
    found = WaveTarget.objects.filter(wave=wave).values_list("percent", flat=True).first()
    return USUAL_TARGET if found is None else found


@transaction.atomic
def set_target(wave: Wave, percent: int, *, by: User, now: datetime) -> None:
    """The wave is watched against this rate from now on."""
    before = target_of(wave)
    WaveTarget.objects.update_or_create(wave=wave, defaults={"percent": percent, "set_by": by, "set_at": now})
    detail = {"before": before, "after": percent}
    record(TARGET_SET, by=by, subject=wave, about=wave.title, wave=wave.slug, detail=detail, now=now)
