"""Days and moments as people type them, in the zone of the survey."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from survey.typed_days import NoSuchDay, typed_day, typed_moment
from survey.working_days import NoSuchMoment, moment_in_england

SUCH_AS = "For example, 4 December 2012 at 17:00."


class TypedDay(forms.Field):
    """A day, past or to come."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- what a form may be given
        """The day in the words that may be typed."""
        return date_format(value, "j F Y") if isinstance(value, date) else value

    def to_python(self, value: str | None) -> date | None:
        """The day; ValidationError where there is none."""
        if not value or not value.strip():
            return None
        try:
            return typed_day(value)
        except NoSuchDay as error:
            raise ValidationError(str(error)) from None


class PastDay(TypedDay):
    """A day that has come."""

    def to_python(self, value: str | None) -> date | None:
        """The day; ValidationError where there is none, or it is still to come."""
        day = super().to_python(value)
        if day and day > timezone.localdate():
            raise ValidationError("This day is still to come. Enter the day on which it was agreed")
        return day


class LondonMoment(forms.Field):
    """A day and a time on the clocks of England; a time that they skip or show twice is refused with the reason."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- what a form may be given
        """A moment as clocks in England show it, in the words that may be typed."""
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        return f"{date_format(local, 'j F Y')} at {date_format(local, 'H:i')}"

    def to_python(self, value: str | None) -> datetime | None:
        """The moment; ValidationError where there is none, or two."""
        if not value or not value.strip():
            return None
        try:
            return moment_in_england(typed_moment(value))
        except (NoSuchDay, NoSuchMoment) as error:
            raise ValidationError(str(error)) from None


def in_a_week(now: datetime) -> datetime:
    """Five in the afternoon, a week from now."""
    return timezone.localtime(now + timedelta(days=7)).replace(hour=17, minute=0, second=0, microsecond=0)


def later_than(until: datetime, *, closes_at: datetime, now: datetime, open_words: str) -> datetime:
    """A moment still to come and after this closing time; ValidationError otherwise, one of them in `open_words`."""
    if until <= now:
        raise ValidationError("Choose a day and a time that are still to come")
    if until <= closes_at:
        raise ValidationError(open_words)
    return until
