"""Forms for people and their appointments."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Button, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.register.appointing import stands_as
from respondents.register.forms.fields import choice_field, day_field, laid_out, name_field, reason_field
from respondents.register.models import Appointment, AppointmentKind
from respondents.whole_forms import WholeForm


class ChairForm(WholeForm):
    """A person’s name and the address they sign in with."""

    name = name_field("Full name", 200)
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "required": "Enter the person’s email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
    )

    def clean_email(self) -> str:
        """As it is kept."""
        return str(self.cleaned_data["email"]).lower()


class ChangePersonForm(ChairForm):
    """The same with the reason."""

    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        names = ("name", "email", "reason")
        self.helper.layout = Layout(
            *(laid_out(self, name) for name in names), Button.primary("send", "Save name and address")
        )


class AppointForm(ChairForm):
    """Who chairs the board from when, and in what capacity."""

    kind = choice_field("Capacity", list(AppointmentKind.choices))
    from_date = day_field("First day")
    until_date = day_field("Last day", required=False, help_text="Leave it empty if it is not known yet.")
    ends_others = forms.BooleanField(
        label="Whoever chairs the board now stops the day before",
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"from_date": today, "ends_others": True})
        self.helper.layout = Layout(
            *(laid_out(self, name) for name in ("name", "email", "kind", "from_date", "until_date")),
            Field.checkbox("ends_others", small=True),
            Button.primary("send", "Appoint"),
        )

    def clean_until_date(self) -> date | None:
        """Not before the first."""
        return _not_before(self.cleaned_data["until_date"], self.cleaned_data.get("from_date"))


class EndAppointmentForm(WholeForm):
    """The last day of an appointment."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    until_date = day_field("Last day")
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment, today: date) -> None:
        super().__init__(data, initial={"until_date": today, "seen": stands_as(appointment)})
        fields = (laid_out(self, "until_date"), laid_out(self, "reason"), "seen")
        self.helper.layout = Layout(*fields, Button.warning("send", "End the appointment"))


class CorrectForm(WholeForm):
    """What an appointment should have said."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = choice_field("Capacity", list(AppointmentKind.choices))
    from_date = day_field("First day")
    until_date = day_field("Last day", required=False, help_text="Leave it empty if it is not known yet.")
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment) -> None:
        names = ("kind", "from_date", "until_date")
        stood = {name: getattr(appointment, name) for name in names}
        super().__init__(data, initial={**stood, "seen": stands_as(appointment)})
        fields = (laid_out(self, name) for name in (*names, "reason"))
        self.helper.layout = Layout(*fields, "seen", Button.primary("send", "Save the appointment"))

    def clean_until_date(self) -> date | None:
        """Not before the first."""
        return _not_before(self.cleaned_data["until_date"], self.cleaned_data.get("from_date"))


def _not_before(last: date | None, first: date | None) -> date | None:
    if last and first and last < first:
        raise ValidationError("The last day is before the first")
    return last
