"""Forms of the two milestones."""

from datetime import date

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict

from respondents.typed_fields import PastDay
from respondents.whole_forms import WholeForm


class PlanForm(WholeForm):
    """Which plan, and the day that stands on it."""

    plan = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Which analysis plan does this wave have?",
        error_messages={"required": "Choose a plan", "invalid_choice": "Choose one of the plans shown"},
    )
    dated = PastDay(
        label="The plan is dated",
        help_text="The day on which it was agreed and published, for example 20 January 2012.",
        error_messages={"required": "Enter the plan’s date"},
    )

    def __init__(self, data: QueryDict | None = None, *, plans: list[str], chosen: str, today: date) -> None:
        super().__init__(data, initial={"plan": chosen, "dated": today})
        self.fields["plan"].choices = [(name, name) for name in plans]  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Field.radios("plan", legend_size=Size.SMALL),
            Field.text("dated", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.primary("send", "Record the plan"),
        )


class FreezeForm(WholeForm):
    """Nothing but the button."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(Button.primary("send", "Freeze the data"))
