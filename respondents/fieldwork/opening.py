"""Service: opening a wave freezes its frame, one return for each eligible board."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from respondents.register.models import Board
from respondents.returns.models import FrameAuthority, Return
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
        opened_at=now,
        needs_signature=needs_signature,
    )
    boards = list(Board.objects.prefetch_related("coverage__authority"))
    _require_openable(wave, boards)
    wave.save()
    returns = [
        Return(wave=wave, board=board, authority_type=board.authority_type, region=board.region) for board in boards
    ]
    Return.objects.bulk_create(returns)
    FrameAuthority.objects.bulk_create(
        FrameAuthority(
            survey_return=found,
            gss_code=cover.authority.gss_code,
            name=cover.authority.name,
            authority_type=cover.authority.authority_type,
            region=cover.authority.region,
        )
        for found, board in zip(returns, boards, strict=True)
        for cover in board.coverage.all()
    )
    return wave


def _require_openable(wave: Wave, boards: list[Board]) -> None:
    if wave.closes_at <= wave.opens_at:
        raise ValidationError("The closing time is not after the opening time. Give a later closing time.")
    if Wave.objects.filter(slug=wave.slug).exists():
        raise ValidationError(f"There is a wave called {wave.slug} already. Choose another name.")
    if not boards:
        raise ValidationError("The register holds no board, so the frame would be empty. Import the register first.")
    wave.full_clean(exclude=["questionnaire_version"])
