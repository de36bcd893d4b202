"""The form with which a register is sent."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.scanning import ScannedFileField
from respondents.tabular.csv_lines import MAX_BYTES
from respondents.tabular.letters import UTF, letters_field
from respondents.whole_forms import WholeForm

MOST_FILES = 3


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(ScannedFileField):
    """Up to three files, none of them too large."""

    widget = FilesInput

    def clean(self, data: Any, initial: object = None) -> "list[UploadedFile[Any]]":  # noqa: ANN401 -- Django's own
        """Each file."""
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(files) > MOST_FILES:
            raise ValidationError(f"Choose at most {MOST_FILES} files")
        for file in files:
            if file.size > MAX_BYTES:
                raise ValidationError(f"“{file.name}” is larger than {MAX_BYTES // 1_000_000} MB")
        return files


class ImportForm(WholeForm):
    """The files, how their letters are written, and what becomes of rows that they do not mention."""

    tables = FilesField(
        label="Files",
        help_text=(
            "One Excel workbook with the sheets Authorities, Boards and Chairs, or up to three CSV files. "
            "Any one of the tables will do."
        ),
        error_messages={"required": "Choose a file", "empty": "The file is empty. Export it again"},
    )
    absent = forms.ChoiceField(
        label="Rows of the register that the files do not mention",
        choices=[("leave", "Leave them as they are"), ("end", "End them today: the file is the whole register")],
        initial="leave",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of them", "invalid_choice": "Choose one of those shown"},
    )
    letters = letters_field("Letters of CSV files")

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[Any]] | None" = None
    ) -> None:
        super().__init__(data, files=files)
        self.helper.attrs = {"enctype": "multipart/form-data"}
        self.helper.layout = Layout(
            Field.text("tables", label_size=Size.SMALL),
            Field.radios("absent", legend_size=Size.SMALL),
            Field.radios("letters", legend_size=Size.SMALL),
            Button.primary("send", "Show what would change"),
        )

    @property
    def encoding(self) -> str:
        """The encoding that was chosen; nothing where it is told by the file itself."""
        return "" if self.cleaned_data["letters"] == UTF else str(self.cleaned_data["letters"])

    @property
    def contents(self) -> Sequence[tuple[str, bytes]]:
        """Name and content of each file."""
        return [(str(file.name)[:120], file.read()) for file in self.cleaned_data["tables"]]


class ConfirmForm(WholeForm):
    """Names the preview that is confirmed."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
