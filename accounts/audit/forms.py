"""What may be looked for in the audit."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms

from accounts.audit.acts import declared
from accounts.audit.finding import MOST_ACCOUNTS, too_many_are_called

DAY = forms.DateInput(attrs={"type": "date", "class": "govuk-input"})
TOO_MANY = (
    f"More than {MOST_ACCOUNTS:,} accounts have this in their name or address, so entries about them cannot be looked "
    "for. Enter more of the name, or the whole address"
)
NO_DAY = {"invalid": "Enter a real day, such as 2 March 2012 as 2012-03-02"}


class AuditFilterForm(forms.Form):
    """Narrows the audit; every field may be left alone."""

    person = forms.CharField(max_length=200, required=False, label="Who (part of name or address)")
    act = forms.ChoiceField(required=False, label="What they did")
    words = forms.CharField(max_length=200, required=False, label="To what (words)")
    wave = forms.SlugField(max_length=60, required=False, label="Wave (its short name)")
    since = forms.DateField(required=False, label="From", widget=DAY, error_messages=NO_DAY)
    until = forms.DateField(required=False, label="To", widget=DAY, error_messages=NO_DAY)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(((act.name, act.words) for act in declared()), key=lambda choice: choice[1])
        self.fields["act"].choices = [("", "Anything"), *acts]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Audit"}
        texts = [
            Field.text(name, label_size=Size.SMALL, field_width=Fluid.FULL) for name in ("person", "words", "wave")
        ]
        days = [Field.text(name, label_size=Size.SMALL) for name in ("since", "until")]
        self.helper.layout = Layout(
            texts[0], Field.select("act", label_size=Size.SMALL), *texts[1:], *days, Button.secondary("", "Show these")
        )

    def clean_words(self) -> str:
        """Words that name a thousand people find nobody."""
        words = str(self.cleaned_data["words"])
        if words and too_many_are_called(words):
            raise forms.ValidationError(TOO_MANY)
        return words

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
