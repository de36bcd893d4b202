"""The wave that a page of staff is about."""

from django.shortcuts import get_object_or_404

from survey.models import Wave


def find_opened_wave(slug: str) -> Wave:
    """The wave, once it is no draft any more; not found otherwise."""
    return get_object_or_404(Wave.objects.opened(), slug=slug)


def find_any_wave(slug: str) -> Wave:
    """The wave, be it a draft or opened; not found if there is none."""
    return get_object_or_404(Wave.objects.select_related("questionnaire_version"), slug=slug)
