"""Who may open the staff's pages, and the wave they are about."""

from django.shortcuts import get_object_or_404

from accounts.models import Role
from accounts.rules import staff
from survey.models import Wave

watches = staff(Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR)
tabulates = staff(Role.RESEARCHER, Role.ANALYST)
takes_tables = staff(Role.RESEARCHER, Role.ANALYST, step_up=True)


def wave_or_404(slug: str) -> Wave:
    """The wave, once it is no draft any more, or “not found”."""
    return get_object_or_404(Wave.objects.opened(), slug=slug)
