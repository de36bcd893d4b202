"""The form in which a report is written."""

import re
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from analysis.core.document.reading import LONGEST
from analysis.pictures.fields import PictureField
from analysis.pictures.keeping import MOST_BYTES
from analysis.templating.picturing import NewPicture
from analysis.templating.versions import Version
from respondents.whole_forms import ONE_LINE
from survey.authoring.forms import WrittenText

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
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
        """The text in the box, whatever is wrong with it, with line ends as they are kept."""
        return str(self.fields["text"].to_python(self["text"].value()))


class PictureForm(forms.Form):
    """A picture, the name that the text asks for it by, and what it shows."""

    picture = PictureField(
        label="Picture", help_text=f"PNG or JPEG of at most {MOST_BYTES // 1_000_000} MB. SVG is not taken."
    )
    name = forms.CharField(
        label="Name",
        help_text="Small letters, digits and hyphens, such as regions. It takes the place of one with the same name.",
        max_length=40,
        error_messages={"required": "Give the picture a name", "max_length": "Use at most 40 letters"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    words = forms.CharField(
        label="What it shows",
        help_text="For people who cannot see it. Say what a reader learns from it, not that it is a picture.",
        max_length=500,
        validators=[ONE_LINE],
        error_messages={"required": "Say what the picture shows", "max_length": "Use at most 500 letters"},
    )
    title = forms.CharField(
        required=False,
        label="Title (optional)",
        help_text="Printed above it. With a title it is a figure: numbered, and in the list of figures.",
        max_length=200,
        validators=[ONE_LINE],
        error_messages={"max_length": "Use at most 200 letters"},
    )

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[Any]] | None" = None
    ) -> None:
        super().__init__(data, files)
        self.helper = FormHelper()
        self.helper.attrs = {"enctype": "multipart/form-data"}
        self.helper.layout = Layout(
            Field.text("picture", label_size=Size.SMALL),
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Field.text("words", label_size=Size.SMALL),
            Field.text("title", label_size=Size.SMALL),
            Button.primary("send", "Keep this picture"),
        )

    def clean_name(self) -> str:
        """A name that stands in one word."""
        name: str = self.cleaned_data["name"].strip()
        if not NAME.fullmatch(name):
            raise ValidationError("Use small letters, digits and hyphens, with a letter first, like regions-2012")
        return name

    @property
    def new(self) -> NewPicture:
        """What is to be kept."""
        found = self.cleaned_data
        words, title = (" ".join(found[name].split()) for name in ("words", "title"))
        return NewPicture(found["name"], found["picture"], words, title)
