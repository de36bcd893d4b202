"""Services: a wave's analysis plan is recorded with its date and digest; its data are frozen with theirs."""

from dataclasses import asdict
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest
from accounts.models import User
from analysis.extracts import Standing, eligible_of, population_of, read_extract
from analysis.frozen import frozen_eligible, parquet_of, read_frozen
from analysis.milestones.models import FrozenExtract, PlanRecord
from analysis.milestones.plans import keep_plan
from analysis.milestones.refusals import NoQuestionnaireYet, NothingToFreeze
from analysis.planning import plan_digest, read_plan
from analysis.refusals import UnusableExtract
from analysis.responses import response_at_freezing
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave
from survey.moments import moment_in_words
from survey.schema.source import DocumentError

PLANNED = declare("plan.recorded", "Recorded a wave’s analysis plan")
FROZEN = declare("extract.frozen", "Froze a wave’s data")


@transaction.atomic
def record_plan(wave: Wave, *, plan: str, dated: date, by: User | None, now: datetime) -> PlanRecord:
    """Keeps which plan the wave has, from which day, in which words. After closing it is marked exploratory.

    Raises NoQuestionnaireYet where nothing can be checked, ValidationError where the plan does not fit.
    """
    wave = lock_wave(wave)
    if wave.questionnaire_version is None:
        raise NoQuestionnaireYet(
            f"A plan is checked against what {wave} asks. Choose its questionnaire, then come back."
        )
    try:
        read_plan(plan, questionnaire=wave.questionnaire)
    except DocumentError as error:
        raise ValidationError({"plan": [str(problem) for problem in error.problems[:5]]}) from None
    wave.plan = plan
    wave.save(update_fields=["plan"])
    kept = PlanRecord.objects.create(
        wave=wave,
        plan=plan,
        digest=plan_digest(plan),
        questionnaire=wave.questionnaire.digest,
        kept=keep_plan(plan),
        dated=dated,
        is_exploratory=not wave.is_draft and now >= wave.closes_at,
        recorded_by=by,
        recorded_at=now,
    )
    detail = {"plan": plan, "digest": kept.digest, "dated": str(dated), "exploratory": kept.is_exploratory}
    record(PLANNED, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return kept


@transaction.atomic
def freeze_data(wave: Wave, *, by: User, now: datetime) -> tuple[FrozenExtract, bool]:
    """The answers that count, who could answer and the outcomes, frozen, and whether any differ from the last time.

    Raises NothingToFreeze before closing.
    """
    wave = lock_wave(wave)
    if wave.is_draft or now < wave.closes_at:
        closes = moment_in_words(wave.closes_at)
        raise NothingToFreeze(f"{wave} closes on {closes}. Data are frozen once fieldwork is over.")
    last = wave.frozen_extracts.order_by("-number").first()
    extract = read_extract(wave)
    response = asdict(response_at_freezing(wave, now=now))
    eligible = eligible_of(wave, now=now)
    content = parquet_of(extract, eligible=eligible, response=response)
    digest = bytes_digest(content)
    if last is not None and last.digest == digest:
        return last, False
    number = last.number + 1 if last else 1
    frozen = FrozenExtract.objects.create(
        wave=wave,
        number=number,
        rows=extract.frame.height,
        content=content,
        digest=digest,
        data=bytes_digest(parquet_of(extract, eligible=eligible)),
        response=response,
        frozen_by=by,
        frozen_at=now,
    )
    detail = {"number": number, "rows": frozen.rows, "digest": digest}
    record(FROZEN, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return frozen, True


def frozen_standing(wave: Wave, number: int, *, now: datetime) -> Standing:
    """What was frozen under this number, with who could answer then; where that was not kept, as it is now.

    Raises UnusableExtract where there is none or it does not fit.
    """
    frozen = wave.frozen_extracts.filter(number=number).first()
    if frozen is None:
        last = wave.frozen_extracts.order_by("-number").values_list("number", flat=True).first()
        known = f"The last frozen data have number {last}." if last else "Nothing was frozen yet."
        raise UnusableExtract(f"{wave} has no frozen data with number {number}. {known}")
    extract = read_frozen(bytes(frozen.content), digest=frozen.digest, questionnaire=wave.questionnaire)
    kept = frozen_eligible(bytes(frozen.content))
    return Standing(extract, kept.population if kept else population_of(wave, now=now))
