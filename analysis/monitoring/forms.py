"""The filter above the list of boards, and the target."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Field, Fieldset, Fixed, Layout, Size
from django import forms
from django.http import QueryDict

from analysis.monitoring.boards import MISSING
from analysis.monitoring.figures import LEVELS
from analysis.monitoring.targets import Targets
from respondents.filter_forms import ANY, BoardFilterForm
from respondents.returns.models import ReturnState

STRATA = {"authority_type": "Authority types, per cent", "region": "Regions, per cent"}
LEVEL_FIELDS = {
    f"{stratum}-{number}": (stratum, level) for stratum in STRATA for number, level in enumerate(LEVELS[stratum])
}


class PercentField(forms.IntegerField):
    """A target in whole per cent."""

    default_error_messages = {
        "invalid": "The target must be a whole number from 1 to 100, such as 60",
        "min_value": "The target must be at least 1",
        "max_value": "The target must be at most 100",
    }

    def __init__(self, **kwargs: Any) -> None:
        numeric = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=1, max_value=100, widget=numeric, **kwargs)


class StateFilterForm(BoardFilterForm):
    """Narrows the list of boards."""

    state = forms.ChoiceField(
        choices=[*ANY, (MISSING, "Not submitted"), *ReturnState.choices], required=False, label="State"
    )
    name = forms.CharField(max_length=100, required=False, label="Name contains")
    field_order = ("state", "authority_type", "region", "name")
    action = "#boards"


class TargetForm(forms.Form):
    """The response rates that a wave is watched against, and what an hour of those who answer costs."""

    percent = PercentField(
        label="Target response rate, per cent",
        help_text="A whole number from 1 to 100. It is a line on the chart; nothing is sent because of it.",
        error_messages={"required": "Enter the target as a whole number from 1 to 100"},
    )
    hourly_rate = forms.DecimalField(
        label="What an hour of those who answer costs, in pounds",
        help_text="Such as 45. Leave it empty and no cost is shown.",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
        error_messages={"invalid": "Enter pounds and pence as 45 or 45.50", "min_value": "Enter more than nought"},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    recontact_minutes = forms.IntegerField(
        label="Minutes of a board’s time that each call, letter or visit of yours takes",
        required=False,
        min_value=0,
        max_value=600,
        error_messages={
            "invalid": "The minutes must be a whole number, such as 15",
            "min_value": "The minutes cannot be less than nought",
            "max_value": "The minutes must be at most 600",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: QueryDict | None = None, *, targets: Targets) -> None:
        super().__init__(data, initial=_initial(targets))
        for name, (_, level) in LEVEL_FIELDS.items():
            self.fields[name] = PercentField(label=level, required=False)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            _percent("percent"),
            HTML('<h2 class="govuk-heading-m">Targets of their own</h2>'),
            HTML('<p class="govuk-body">Where a field is empty, the target above holds.</p>'),
            *(_fieldset(stratum, title) for stratum, title in STRATA.items()),
            HTML('<h2 class="govuk-heading-m">What answering costs</h2>'),
            Field.text("hourly_rate", label_size=Size.SMALL, field_width=Fixed.FIVE),
            Field.text("recontact_minutes", label_size=Size.SMALL, field_width=Fixed.THREE),
            Button.primary("", "Set the target"),
        )

    @property
    def targets(self) -> Targets:
        """What was entered."""
        said, levels = self.cleaned_data, defaultdict[str, dict[str, int]](dict)
        for name, (stratum, level) in LEVEL_FIELDS.items():
            if said[name] is not None:
                levels[stratum][level] = said[name]
        return Targets(said["percent"], dict(levels), said["hourly_rate"], said["recontact_minutes"])


def _initial(targets: Targets) -> dict[str, object]:
    named = {name: targets.levels.get(stratum, {}).get(level) for name, (stratum, level) in LEVEL_FIELDS.items()}
    rest = {"hourly_rate": targets.hourly_rate, "recontact_minutes": targets.recontact_minutes}
    return {"percent": targets.percent, **named, **rest}


def _percent(name: str) -> Field:
    return Field.text(name, label_size=Size.SMALL, field_width=Fixed.THREE)


def _fieldset(stratum: str, title: str) -> Fieldset:
    names = [name for name, (its, _) in LEVEL_FIELDS.items() if its == stratum]
    return Fieldset(
        *(Field.text(name, field_width=Fixed.THREE) for name in names), legend=title, legend_size=Size.SMALL
    )
