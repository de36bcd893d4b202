"""Forms with which staff help a board."""

from datetime import datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.correspondence.forms import KeyedForm, MomentField, in_a_week
from respondents.helping.boards import EXTENDED
from respondents.register.models import AuthorityType, Region
from respondents.returns.models import Return, ReturnState
from respondents.together.forms import PlainText

_ANY = [("", "Any")]


class BoardsForm(forms.Form):
    """Narrows the list of boards; every field may be left alone."""

    name = forms.CharField(max_length=100, required=False, label="Board or authority")
    state = forms.ChoiceField(
        choices=[*_ANY, *ReturnState.choices, (EXTENDED, "Given more time")], required=False, label="State"
    )
    authority_type = forms.ChoiceField(
        choices=[*_ANY, *((kind, kind) for kind in AuthorityType.values)], required=False, label="Authority type"
    )
    region = forms.ChoiceField(
        choices=[*_ANY, *((region, region) for region in Region.values)], required=False, label="Region"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Boards"}
        self.helper.layout = Layout(
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.FULL),
            Field.select("state", label_size=Size.SMALL),
            Field.select("authority_type", label_size=Size.SMALL),
            Field.select("region", label_size=Size.SMALL),
            Button.secondary("", "Show these boards"),
        )


class ExtendForm(KeyedForm):
    """Until when one board has time, and why."""

    until = MomentField(label="New closing time")
    reason = PlainText(label="Reason", help_text="The people on the return read it.")

    def __init__(self, data: QueryDict | None = None, *, found: Return, now: datetime) -> None:
        super().__init__(data, initial={"until": in_a_week(max(now, found.closes_at))})
        self.found, self.now = found, now
        self.fields["reason"].error_messages["required"] = "Say why the board gets more time"
        self.lay_out(
            Field.text("until", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            button=Button.primary("send", "Give more time"),
        )

    def clean_until(self) -> datetime:
        """A moment that is still to come, and later than the return closes."""
        until: datetime = self.cleaned_data["until"]
        if until <= self.now:
            raise ValidationError("Choose a day and a time that are still to come")
        if until <= self.found.closes_at:
            raise ValidationError("The return is open until then anyway: choose a later moment")
        return until
