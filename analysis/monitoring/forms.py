"""The filter above the list of boards, and the target."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fixed, Fluid, Layout, Size
from django import forms

from analysis.monitoring.boards import MISSING
from respondents.register.models import AuthorityType, Region
from respondents.returns.models import ReturnState

_ANY = [("", "Any")]


class BoardFilterForm(forms.Form):
    """Narrows the list of boards; every field may be left alone."""

    state = forms.ChoiceField(
        choices=[*_ANY, (MISSING, "Not submitted"), *ReturnState.choices], required=False, label="State"
    )
    authority_type = forms.ChoiceField(
        choices=[*_ANY, *((kind, kind) for kind in AuthorityType.values)], required=False, label="Authority type"
    )
    region = forms.ChoiceField(
        choices=[*_ANY, *((region, region) for region in Region.values)], required=False, label="Region"
    )
    name = forms.CharField(max_length=100, required=False, label="Name contains")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = "#boards"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Boards"}
        self.helper.layout = Layout(
            Field.select("state", label_size=Size.SMALL),
            Field.select("authority_type", label_size=Size.SMALL),
            Field.select("region", label_size=Size.SMALL),
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.FULL),
            Button.secondary("", "Show these boards"),
        )


class TargetForm(forms.Form):
    """The response rate that a wave is watched against."""

    percent = forms.IntegerField(
        label="Target response rate, per cent",
        help_text="A whole number from 1 to 100. It is a line on the chart; nothing is sent because of it.",
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Enter the target as a whole number from 1 to 100",
            "invalid": "The target must be a whole number from 1 to 100, such as 60",
            "min_value": "The target must be at least 1",
            "max_value": "The target must be at most 100",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("percent", label_size=Size.SMALL, field_width=Fixed.THREE), Button.primary("", "Set the target")
        )
