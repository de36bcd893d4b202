"""Forms with which figures of another survey are sent and confirmed."""

from typing import Any

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.scanning import ScannedFileField
from analysis.core.other_matching import plain
from respondents.register.forms.importing import ConfirmForm
from respondents.tabular.letters import UTF, letters_field
from respondents.whole_forms import ONE_LINE, WholeForm

__all__ = ["ComparatorForm", "ConfirmForm"]

MOST_BYTES = 5_000_000


def _words(label: str, *, missing: str, most: int, help_text: str = "") -> forms.CharField:
    """One line of words that must be there."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        validators=[ONE_LINE],
        error_messages={"required": missing, "max_length": f"Use at most {most} letters"},
    )


class ComparatorForm(WholeForm):
    """Everything that must be known of another survey before its figures may stand beside ours, and its figures."""

    label = _words(
        "Name of the survey",
        most=80,
        missing="Enter its name",
        help_text="As it is called in titles, for example “LGA survey, 2010”.",
    )
    column = _words(
        "Heading of its column", most=40, missing="Enter a short heading", help_text="For example “2010 (LGA survey)”."
    )
    who = _words(
        "Who was asked?",
        most=300,
        missing="Say who was asked",
        help_text="Their role, and for which body they answered.",
    )
    asked_when = _words(
        "When?", most=120, missing="Say when they were asked", help_text="For example “March to May 2010”."
    )
    scale = forms.CharField(
        label="On which scale?",
        help_text="One answer on each line, the most positive first, “Don’t know” last if it was offered.",
        widget=forms.Textarea,
        max_length=2_000,
        error_messages={"required": "List the answers that could be given"},
    )
    source = _words(
        "Where was it published?",
        most=300,
        missing="Name the publication",
        help_text="Author, title, year, table or page.",
    )
    comparability = forms.CharField(
        label="How far may it be compared?",
        help_text=(
            "One or two sentences. They stand in the title of every table that shows these figures, for example: "
            "“Other people were asked about other bodies; the difference between the columns is not a trend.”"
        ),
        widget=forms.Textarea,
        max_length=1_000,
        error_messages={"required": "Say how far the figures may be compared"},
    )
    figures = ScannedFileField(
        label="File of figures",
        help_text="CSV or Excel workbook with the columns table, row, option, percent or count, and base.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Export it again"},
    )
    letters = letters_field("Letters of a CSV file")

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[Any]] | None" = None
    ) -> None:
        super().__init__(data, files=files)
        self.helper.attrs = {"enctype": "multipart/form-data"}
        self.helper.layout = Layout(
            Field.text("label", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("column", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Field.text("who", label_size=Size.SMALL),
            Field.text("asked_when", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.textarea("scale", rows=6, label_size=Size.SMALL),
            Field.text("source", label_size=Size.SMALL),
            Field.textarea("comparability", rows=4, label_size=Size.SMALL),
            Field.text("figures", label_size=Size.SMALL),
            Field.radios("letters", legend_size=Size.SMALL),
            Button.primary("send", "Show what would be imported"),
        )

    def clean_scale(self) -> list[str]:
        """The answers in order: two or more, each once."""
        answers = [line.strip() for line in self.cleaned_data["scale"].splitlines() if line.strip()]
        if len(answers) < 2:
            raise ValidationError("Give at least two answers, each on a line of its own")
        if len({plain(answer) for answer in answers}) < len(answers):
            raise ValidationError("An answer stands there twice. Give each once")
        return answers

    def clean_figures(self) -> "UploadedFile[Any]":
        """The file, not too large."""
        file: UploadedFile[Any] = self.cleaned_data["figures"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. Check that it is the right one"
            )
        return file

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of the survey."""
        names = ("label", "column", "who", "asked_when", "scale", "source", "comparability")
        told = {name: self.cleaned_data[name] for name in names}
        told["comparability"] = " ".join(told["comparability"].split())
        return told | {"file_name": str(self.cleaned_data["figures"].name)[:300]}

    @property
    def content(self) -> bytes:
        """What stands in the file."""
        return bytes(self.cleaned_data["figures"].read())

    @property
    def encoding(self) -> str:
        """The encoding that was chosen; nothing where it is told by the file itself."""
        return "" if self.cleaned_data["letters"] == UTF else str(self.cleaned_data["letters"])
