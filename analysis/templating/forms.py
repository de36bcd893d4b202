"""The form in which a report is written."""

import re

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from analysis.core.document.reading import LONGEST
from analysis.templating.versions import Version
from survey.authoring.forms import WrittenText

_UNPRINTABLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


class TextForm(forms.Form):
    """The whole text, what was changed, and the version that it was written upon."""

    text = WrittenText(label="Text", error_messages={"required": "The text is empty. Write at least a header"})
    note = forms.CharField(
        required=False,
        max_length=300,
        label="What you changed (optional)",
        help_text="For those who look through the versions later.",
        error_messages={"max_length": "Say what you changed in at most 300 characters"},
    )
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, latest: Version) -> None:
        super().__init__(data, initial={"text": latest.text, "base": latest.number})
        self.fields["text"].widget.attrs = {"spellcheck": "true", "lang": "en-GB", "data-text": ""}
        self.fields["note"].widget.attrs = {"autocomplete": "off"}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "base",
            Field.textarea("text", rows=26, label_size=Size.SMALL),
            Field.text("note", label_size=Size.SMALL),
        )

    def clean_text(self) -> str:
        """A text that can be read at all; whatever else is wrong with it is told beside it."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST:
            raise ValidationError(f"The text has {len(text):,} characters. Shorten it to {LONGEST:,}")
        found = _UNPRINTABLE.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            raise ValidationError(f"Line {line} holds a character that cannot be printed. Type the line again")
        return text

    @property
    def shown(self) -> str:
        """The text in the box, whatever is wrong with it."""
        return str(self["text"].value() or "")
