"""The place of a form in which a picture is sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.scanning import ScannedFileField
from analysis.core.house_style import Picture
from analysis.pictures.keeping import MOST_BYTES, looked_at


class PictureField(ScannedFileField):
    """A file that becomes a picture, or is refused beside the field; nothing where none was sent."""

    widget = forms.FileInput

    def __init__(self, **said: Any) -> None:
        errors = {"required": "Choose a picture", "empty": "The file is empty. Choose the picture again"}
        super().__init__(**said, error_messages=errors)
        self.widget.attrs["accept"] = "image/png,image/jpeg"

    def clean(self, data: Any, initial: Any = None) -> Picture | None:  # noqa: ANN401 -- as Django has it
        """The picture, written anew."""
        file = super().clean(data, initial)
        if not file:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Save it with fewer pixels")
        return looked_at(file.read())
