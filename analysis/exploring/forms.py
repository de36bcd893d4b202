"""What an analyst chooses, and the name under which a table is kept."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Hidden, Layout, Size
from django import forms
from django.http import QueryDict
from django.urls import reverse

from analysis.exploring.choice import KEYS, Choice
from analysis.exploring.choices import BASES, SCALES, breakdowns, items_of, things
from respondents.whole_forms import ONE_LINE, WholeForm
from survey.models import Wave

UNKNOWN = {
    "item": "This questionnaire has no such item. Choose one from the list",
    "by": "There is no such breakdown. Choose one from the list",
    "base": "There is no such base. Choose one from the list",
    "scale": "A scale is told in full or collapsed. Choose one",
}


class ChoiceForm(forms.Form):
    """One table: every part of it stands in the address, so that it can be shared."""

    item = forms.ChoiceField(label="Item", error_messages={"required": "Choose an item"})
    by = forms.ChoiceField(label="Broken down by", required=False)
    base = forms.ChoiceField(label="Base", choices=list(BASES.items()), required=False)
    scale = forms.ChoiceField(label="Scale", choices=list(SCALES.items()), required=False)

    def __init__(self, data: QueryDict | None = None, *, wave: Wave) -> None:
        super().__init__(data)
        self.questionnaire = questionnaire = wave.questionnaire
        self.fields["item"].choices = [("", "Choose an item"), *things(questionnaire)]  # type: ignore[attr-defined]
        self.fields["by"].choices = breakdowns(questionnaire)  # type: ignore[attr-defined]
        for name, sentence in UNKNOWN.items():
            self.fields[name].error_messages["invalid_choice"] = sentence
        self.helper = FormHelper()
        self.helper.form_method = "get"
        here = reverse("exploring:explore", args=[wave.slug])  # also where a title was refused at another address
        self.helper.form_action = f"{here}#result"  # on a narrow screen the table stands below the whole choice
        self.helper.disable_csrf = True
        self.helper.attrs = {"class": "explorer-choice", "aria-label": "Choose a table"}
        fields = [Field.select(name, label_size=Size.SMALL) for name in KEYS]
        self.helper.layout = Layout(*fields, Button.primary("", "Show the table"))

    def clean(self) -> dict[str, Any]:
        """Refuses an item that would be broken down by itself."""
        found = super().clean() or {}
        items = items_of(self.questionnaire, found.get("item", ""))
        if found.get("by") and found["by"] in {item.code for item in items}:
            self.add_error("by", "An item cannot be broken down by itself. Choose another breakdown")
        return found

    @property
    def choice(self) -> Choice:
        """What was chosen; what was left alone is as plain as can be."""
        found = {key: value for key, value in self.cleaned_data.items() if value}
        return Choice(**found)


class SavingForm(WholeForm):
    """The title of a table that is kept; which table it is travels with it."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        validators=[ONE_LINE],
        error_messages={"required": "Give the table a title, so that it can be found again"},
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave, choice: Choice | None = None) -> None:
        super().__init__(data)
        for key in KEYS:
            self.fields[key] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[key] = choice.specification[key] if choice else ""
        self.helper.form_action = reverse("exploring:save", args=[wave.slug])
        self.helper.layout = Layout(
            *map(Hidden, KEYS, (self.initial[key] for key in KEYS)),
            Field.text("title", label_size=Size.SMALL, field_width=Fluid.FULL),
            Button.secondary("send", "Keep this table"),
        )
