"""The question how the letters of an uploaded file are written, which no program can tell for certain."""

from django import forms

from respondents.tabular.reading import WINDOWS

UTF = "utf"


def letters_field(label: str) -> forms.ChoiceField:
    """A choice between `UTF`, unless the person says otherwise, and `WINDOWS`."""
    return forms.ChoiceField(
        label=label,
        choices=[(UTF, "UTF-8 or UTF-16, as most programs write"), (WINDOWS, "Windows-1252, as Excel’s plain “CSV”")],
        initial=UTF,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how letters are written", "invalid_choice": "Choose one of those shown"},
        help_text="Workbooks need no choice here.",
    )
