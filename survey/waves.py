"""The wave that a page of staff is about, and the days of its fieldwork."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone

from survey.models import Wave
from survey.moments import days_in_words


def find_opened_wave(slug: str) -> Wave:
    """The wave, once it is no draft any more; not found otherwise."""
    return get_object_or_404(Wave.objects.opened(), slug=slug)


def find_any_wave(slug: str) -> Wave:
    """The wave, be it a draft or opened; not found if there is none."""
    return get_object_or_404(Wave.objects.select_related("questionnaire_version"), slug=slug)


def days_of(wave: Wave) -> tuple[date, date]:
    """The first and the last day of fieldwork."""
    return timezone.localdate(wave.opens_at), timezone.localdate(wave.closes_at)


def fieldwork_of(wave: Wave) -> str:
    """The time of the survey in words."""
    return days_in_words(*days_of(wave))
