"""Forms that name a board's next chair."""

from datetime import datetime
from typing import Any

from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.filter_forms import NamedForm
from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.together.forms import PersonForm
from respondents.whole_forms import PlainText

NOBODY = "nobody"


class ChairsForm(NamedForm):
    """Finds boards by their names and by those of their chairs."""

    name = forms.CharField(max_length=100, required=False, label="Board or chair")


class NextChairForm(PersonForm):
    """Who chairs the board from now on, and why."""

    reason = PlainText(label="Reason", help_text="Kept with the return, and told to the new chair.")

    def __init__(self, data: QueryDict | None = None, *, found: Return, now: datetime) -> None:
        super().__init__(data, found=found, now=now)
        self.fields["reason"].error_messages["required"] = "Say why the chair changes"
        self.helper.layout = Layout(
            *self.person_fields(),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            Button.warning("send", "Pass on the return"),
        )

    def clean_email(self) -> str:
        """The address; a chair cannot succeed themselves."""
        email = super().clean_email()
        if self.chairs_already(email):
            raise ValidationError("This person chairs the board already")
        return email


class StaffNextChairForm(NextChairForm):
    """The same, by staff: who of the chairs there are leaves, if anybody."""

    def __init__(self, data: QueryDict | None = None, *, found: Return, now: datetime) -> None:
        super().__init__(data, found=found, now=now)
        current = Appointment.objects.filter(board=found.board).current_on(self.today).select_related("person")
        self.chairs = {str(each.person.pk): each.person for each in current}
        self.fields["outgoing"] = forms.ChoiceField(
            choices=[*((key, str(person)) for key, person in self.chairs.items()), (NOBODY, "Nobody")],
            widget=forms.RadioSelect,
            label="Who chairs the board no longer?",
            error_messages={"required": "Choose who leaves, or “Nobody”", "invalid_choice": "Choose from those shown"},
        )
        self.helper.layout.insert(0, Field.radios("outgoing", legend_size=Size.SMALL))

    @property
    def transfer(self) -> dict[str, Any]:
        """What was said, with the person who leaves."""
        return {**self.cleaned_data, "outgoing": self.chairs.get(self.cleaned_data["outgoing"])}
