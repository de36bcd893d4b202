"""Forms for what must be held before a wave opens: approvals, a reason to go without, and what was tried."""

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict

from respondents.fieldwork.models import Preparation
from respondents.typed_fields import PastDay
from respondents.whole_forms import ONE_LINE, PlainText, WholeForm


class ApprovalsForm(WholeForm):
    """What is held of the approvals. Everything may be filled in later."""

    star_chamber_reference = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="Star Chamber reference (optional)"
    )
    adcs_reference = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="ADCS reference (optional)"
    )
    burden_minutes = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
        label="Burden: minutes for one return (optional)",
        help_text="Of everybody who takes part in one return, together.",
        error_messages={
            "invalid": "Enter a whole number of minutes, such as 90",
            "min_value": "Enter 1 minute or more, or leave it empty",
            "max_value": "Enter 100,000 minutes or fewer",
        },
    )
    dpia_date = PastDay(
        required=False,
        label="Data protection impact assessment: date (optional)",
        help_text="For example, 20 January 2012.",
    )
    dpia_owner = forms.CharField(
        max_length=200,
        required=False,
        validators=[ONE_LINE],
        label="Data protection impact assessment: who owns it (optional)",
    )
    privacy_version = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="Privacy notice: version (optional)"
    )
    privacy_date = PastDay(
        required=False, label="Privacy notice: date (optional)", help_text="For example, 20 January 2012."
    )

    def __init__(self, data: QueryDict | None = None, *, preparation: Preparation) -> None:
        super().__init__(data, initial={name: getattr(preparation, name) for name in self.base_fields})
        self.helper.layout = Layout(
            *(Field.text(name, label_size=Size.SMALL, field_width=Fluid.ONE_HALF) for name in self.base_fields),
            Button.primary("send", "Save the approvals"),
        )


class NoteForm(WholeForm):
    """What was tried before opening."""

    note = PlainText(
        label="What did you try, and what came of it?",
        help_text="Who answered, on which devices, how long it took, what was changed.",
    )

    def __init__(self, data: QueryDict | None = None, *, note: str) -> None:
        super().__init__(data, initial={"note": note})
        self.fields["note"].error_messages["required"] = "Write what you tried and what came of it"
        self.helper.layout = Layout(
            Field.textarea("note", rows=5, label_size=Size.SMALL), Button.primary("send", "Keep this note")
        )
