"""Who keeps the register, and what they may find of it."""

from django.shortcuts import get_object_or_404

from accounts.models import STAFF, Role, User
from accounts.rules import staff
from respondents.register.history import RegisterImport
from respondents.register.models import Appointment, Authority, Board

# Analysts never learn who chairs a board.
keeps_register = staff(Role.RESEARCHER, Role.ADMINISTRATOR)
# Who takes the register away, or says who may open a board's return, shows once more that it is they.
takes_register = staff(Role.RESEARCHER, Role.ADMINISTRATOR, step_up=True)


def find_board(slug: str) -> Board:
    """The board with this short name; not found if there is none."""
    return get_object_or_404(Board, slug=slug)


def find_authority(code: str) -> Authority:
    """The authority with this code; not found if there is none."""
    return get_object_or_404(Authority, gss_code=code)


def find_appointment(appointment_id: int) -> Appointment:
    """An appointment with its board and person; not found if there is none."""
    return get_object_or_404(Appointment.objects.select_related("board", "person"), pk=appointment_id)


def find_chair(person_id: int) -> User:
    """Somebody who chairs or has chaired a board, and who is no member of staff; not found otherwise."""
    chairs = User.objects.filter(appointments__isnull=False).exclude(role__in=STAFF).distinct()
    return get_object_or_404(chairs, pk=person_id)


def find_import(import_id: int) -> RegisterImport:
    """An import in any state; not found if there is none."""
    return get_object_or_404(RegisterImport.objects.select_related("sent_by", "applied_by", "undone_by"), pk=import_id)
