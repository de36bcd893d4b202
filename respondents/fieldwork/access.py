"""Who runs a wave, and the wave they are about."""

from django.shortcuts import get_object_or_404

from accounts.models import Role
from accounts.rules import staff
from survey.models import Wave

runs_waves = staff(Role.RESEARCHER)


def find_wave(slug: str) -> Wave:
    """The wave, be it a draft or opened; not found if there is none."""
    return get_object_or_404(Wave.objects.select_related("questionnaire_version"), slug=slug)
