"""Service: a wave is made and opened in one step, for operators; researchers go by the task list."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from respondents.fieldwork.frame import freeze_frame
from survey.models import QuestionnaireVersion, Wave


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
    the register holds no board.
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
    _require_new(wave)
    wave.save()
    freeze_frame(wave, now=now)
    return wave


def _require_new(wave: Wave) -> None:
    if wave.closes_at <= wave.opens_at:
        raise ValidationError("The closing time is not after the opening time. Give a later closing time.")
    if Wave.objects.filter(slug=wave.slug).exists():
        raise ValidationError(f"There is a wave called {wave.slug} already. Choose another name.")
    wave.full_clean(exclude=["questionnaire_version"])
