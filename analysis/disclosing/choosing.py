"""Service: what a person chooses about a release is kept with the reason, and recorded."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.companions import companion_id, has_companion
from analysis.core.disclosure import SMALLEST_BASE
from analysis.core.outcomes import OUTCOMES
from analysis.core.plan import Plan
from analysis.core.release.decisions import Choices, breakdown_id, breakdowns_of
from analysis.disclosing.models import ChoiceKind, ReleaseChoice
from analysis.planning import plan_of
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave

CHOSE = declare("release.chosen", "Chose what a release shows")
LOWEST_BASE = 5
BASES = (SMALLEST_BASE, LOWEST_BASE)


def choices_of(wave: Wave) -> Choices:
    """What is chosen now: the usual base and everything, unless somebody chose otherwise."""
    smallest, left_out = SMALLEST_BASE, set()
    for each in wave.release_choices.order_by("pk"):
        match each.kind:
            case ChoiceKind.SMALLEST:
                smallest = int(each.value)
            case ChoiceKind.LEAVE_OUT:
                left_out.add(each.value)
            case ChoiceKind.PUT_BACK:
                left_out.discard(each.value)
    return Choices(smallest, frozenset(left_out))


def last_choice(wave: Wave) -> int:
    """The key of the last choice that was made; nought while there is none."""
    return wave.release_choices.order_by("-pk").values_list("pk", flat=True).first() or 0


def parts_of(plan: Plan) -> dict[str, str]:
    """Every table and breakdown that can be left out, by id with its name."""
    found = {OUTCOMES: "Outcomes and response rates"}
    for spec in plan.every_table:
        found[spec.id] = f"Table {spec.number}"
        if has_companion(spec, plan=plan):
            found[companion_id(spec.id)] = f"Table {spec.number}a, without don’t know"
        for each in breakdowns_of(spec, plan=plan):
            found[breakdown_id(spec, each.stratum)] = f"Table {spec.number} by {each.label}"
    return found


@transaction.atomic
def choose(wave: Wave, *, kind: str, value: str, reason: str, by: User, now: datetime) -> ReleaseChoice:
    """Keeps one choice. Raises ValidationError where nothing would change or there is no such table.

    It waits for whoever prepares, checks or signs off a release of the wave: each then knows of it or was there before.
    """
    wave = lock_wave(wave)
    now_chosen = choices_of(wave)
    if kind == ChoiceKind.SMALLEST and int(value) == now_chosen.smallest:
        raise ValidationError({"what": f"The smallest base is {value} already."})
    if kind != ChoiceKind.SMALLEST and value not in parts_of(plan_of(wave)):
        raise ValidationError({"what": f"The plan has no table {value}."})
    kept = ReleaseChoice.objects.create(wave=wave, kind=kind, value=value, reason=reason, made_by=by, made_at=now)
    detail = {"kind": kind, "value": value, "reason": reason}
    record(CHOSE, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return kept
