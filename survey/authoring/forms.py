"""Forms of those who write questionnaires."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.scanning import ScannedFileField

LONGEST = 400_000
TOO_LONG = f"The text is longer than {LONGEST:,} characters. The questionnaire of 2012 has about 25,000"


def _plain(text: str) -> str:
    """With plain line ends, and without the one character that no database takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "�")


class WrittenText(forms.CharField):
    """A text as its author typed it: spaces at the ends and the kind of line ends do not matter."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:  # noqa: ANN401 -- what a browser sent
        """The text with plain line ends; control characters are told by the reader of the document, with their line."""
        return _plain(str(value or ""))


class ImportForm(forms.Form):
    """A file or a pasted text."""

    file = ScannedFileField(
        required=False,
        allow_empty_file=True,
        label="Choose a file",
        help_text="A questionnaire as a text file (YAML), saved as UTF-8.",
    )
    text = WrittenText(required=False, label="Or paste the text")

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[Any]] | None" = None
    ) -> None:
        super().__init__(data, files)
        self.fields["text"].widget.attrs = {"spellcheck": "false"}
        self.helper = FormHelper()
        self.helper.attrs = {"enctype": "multipart/form-data"}
        self.helper.layout = Layout(
            Field("file"),
            Field.textarea("text", rows=12, label_size=Size.SMALL),
            Button.primary("send", "Check the questionnaire"),
        )

    def clean_file(self) -> str:
        """The file's text; refused where it is no text or too long, with the line."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > LONGEST * 4:
            raise ValidationError(TOO_LONG)
        content: bytes = file.read()
        try:
            return _plain(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise ValidationError(
                f"Line {line} is not UTF-8 text. Save the file as UTF-8 and choose it again"
            ) from None

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and not too long."""
        file, text = self.cleaned_data.get("file", ""), self.cleaned_data.get("text", "")
        if "file" in self.errors:
            return self.cleaned_data
        if file and text.strip():
            self.add_error("text", "A file was chosen and a text pasted. Empty this box, or choose no file")
        elif not file and not text.strip():
            self.add_error("file", "Choose a file or paste a text")
        elif len(file or text) > LONGEST:
            self.add_error("file" if file else "text", TOO_LONG)
        return self.cleaned_data

    @property
    def document(self) -> str:
        """The text, by whichever way it came."""
        text: str = self.cleaned_data["file"] or self.cleaned_data["text"]
        return text


class ChangeForm(forms.Form):
    """The whole text, changed."""

    text = WrittenText(label="The whole text", error_messages={"required": "The text is empty"})

    def __init__(self, data: QueryDict | None = None, *, text: str) -> None:
        super().__init__(data, initial={"text": text})
        self.fields["text"].widget.attrs = {"spellcheck": "false"}
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.textarea("text", rows=24, label_size=Size.SMALL), Button.primary("send", "Save and check again")
        )

    def clean_text(self) -> str:
        """A text of a length that can be read."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST:
            raise ValidationError(TOO_LONG)
        return text


class PublishForm(forms.Form):
    """Nothing but the button."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.layout = Layout(Button.primary("send", "Publish this version"))
