"""Services: a draft is opened once nothing is missing; operators make and open a wave in one step."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.recording import record
from accounts.models import User
from respondents.fieldwork.acts import OPENED
from respondents.fieldwork.drafting import lock_draft, save_new
from respondents.fieldwork.frame import eligible_boards, freeze_frame
from respondents.fieldwork.models import Approval, ApprovalOverride, Preparation
from respondents.fieldwork.refusals import NotReady
from respondents.fieldwork.steps import life_of, missing_in
from survey.models import QuestionnaireVersion, Wave

BY_COMMAND = "Opened by an operator in one step, outside the list of tasks."


@transaction.atomic
def open_draft(wave: Wave, *, by: User, now: datetime) -> int:
    """Freezes the frame and says how many returns there are. NotReady names what is missing; NotADraft if it is open.

    A wave whose opening time has passed opens at this moment, so that its dates say what happened.
    """
    wave = lock_draft(wave)
    if missing := missing_in(life_of(wave, now=now)):
        raise NotReady(" ".join(each.sentence for each in missing))
    if wave.opens_at < now:
        wave.opens_at = now
        wave.save(update_fields=["opens_at"])
    returns = freeze_frame(wave, now=now)
    record(OPENED, by=by, subject=wave, wave=wave.slug, detail={"returns": returns}, now=now)
    return returns


@transaction.atomic
def open_wave(
    slug: str,
    *,
    title: str,
    version: QuestionnaireVersion,
    plan: str,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    needs_signature: bool = False,
    is_test: bool = False,
) -> Wave:
    """The wave with its frame: boards, strata and authorities as the register has them now.

    Raises ValidationError naming what is wrong: the slug is taken, the dates are the wrong way round or past, or
    the register holds no board. That no approval was asked for is kept beside it.
    """
    wave = Wave(
        slug=slug,
        title=title,
        questionnaire_version=version,
        plan=plan,
        opens_at=opens_at,
        closes_at=closes_at,
        needs_signature=needs_signature,
        is_test=is_test,
    )
    if closes_at <= opens_at:
        raise ValidationError("The closing time is not after the opening time. Give a later closing time.")
    save_new(wave)
    _prepared_by_command(wave, now=now)
    returns = freeze_frame(wave, now=now)
    record(OPENED, by=None, subject=wave, wave=slug, detail={"returns": returns, "how": BY_COMMAND}, now=now)
    return wave


def _prepared_by_command(wave: Wave, *, now: datetime) -> None:
    """Everything counts as decided by the operator; the approvals, as done without."""
    decided = dict.fromkeys(("started_at", "frame_checked_at", "dates_set_at", "signature_set_at"), now)
    boards = list(_slugs(wave)) if wave.is_test else []
    Preparation.objects.create(wave=wave, boards=boards, **decided)
    ApprovalOverride.objects.bulk_create(
        ApprovalOverride(wave=wave, approval=each, reason=BY_COMMAND, made_at=now) for each in Approval
    )


def _slugs(wave: Wave) -> Iterable[str]:
    return eligible_boards(Wave(opens_at=wave.opens_at)).values_list("slug", flat=True)
