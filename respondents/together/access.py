"""What a person may find of the work on a return: contributions that are in force, and returns for staff."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.together.models import Contribution, SignatureRequest
from survey.models import Wave


def find_contribution(found: Return, contribution_id: int) -> Contribution:
    """What somebody is asked to do on this return now; not found otherwise."""
    current = found.contributions.current().select_related("person", "survey_return__wave")
    return get_object_or_404(current, pk=contribution_id)


def require_signature_asked_for(found: Return) -> None:
    """Not found on a wave that asks for no second person."""
    if not found.wave.needs_signature:
        raise Http404


def last_request(found: Return) -> SignatureRequest | None:
    """The latest request for a signature; none, and no query, on a wave that asks for no second person."""
    if not found.wave.needs_signature:
        return None
    requests = found.signature_requests.select_related("signer", "asked_by", "ended_by")
    return requests.order_by("-pk").first()


def chairs_in(wave: Wave, *, now: datetime) -> list[tuple[Return, list[str]]]:
    """The returns of a wave's boards, each with the names of those who chair the board today."""
    returns = list(wave.returns.in_frame().select_related("board").order_by("board__area_name"))
    boards = [found.board_id for found in returns]
    chairs = Appointment.objects.filter(board__in=boards).current_on(timezone.localdate(now)).select_related("person")
    names: dict[int | None, list[str]] = {board: [] for board in boards}
    for appointment in chairs:
        names[appointment.board_id].append(str(appointment.person))
    return [(found, names[found.board_id]) for found in returns]


def find_return_in(wave: Wave, return_id: UUID) -> Return:
    """A board's return in this wave, for staff; not found otherwise."""
    return get_object_or_404(wave.returns.in_frame().select_related("board", "wave"), pk=return_id)
