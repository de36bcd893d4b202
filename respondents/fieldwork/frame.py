"""Service: the frame of a wave is frozen, one return for each eligible board, as the register has them now."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from respondents.fieldwork.models import Preparation
from respondents.register.models import Board
from respondents.returns.models import FrameAuthority, Return
from survey.models import Wave

EMPTY = "The register holds no board, so the frame would be empty. Import the register first."
NOBODY = "No board was chosen for this test. Choose at least one."


def eligible_boards(wave: Wave) -> QuerySet[Board]:
    """The boards that the frame of this draft would hold: all of its opening day; of a test wave, those chosen."""
    boards = Board.objects.eligible_on(timezone.localdate(wave.opens_at))
    if not wave.is_test:
        return boards
    chosen = Preparation.objects.filter(wave=wave).values_list("boards", flat=True).first()
    return boards.filter(slug__in=chosen or ())


@transaction.atomic
def freeze_frame(wave: Wave, *, now: datetime) -> int:
    """Makes the draft an opened wave and says how many returns it has; ValidationError if no board is eligible."""
    boards = list(eligible_boards(wave).prefetch_related("coverage__authority"))
    if not boards:
        raise ValidationError(NOBODY if wave.is_test else EMPTY)
    wave.opened_at = now
    wave.save(update_fields=["opened_at"])
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
    return len(returns)
