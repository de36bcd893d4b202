"""Forms of working together."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from accounts.people import clean_email, require_respondent
from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.together.models import Consulted
from respondents.whole_forms import ONE_LINE, PlainText, WholeForm

ALL = "all-sections"


class PersonForm(WholeForm):
    """Names a person by name and address."""

    name = forms.CharField(
        max_length=200, validators=[ONE_LINE], label="Full name", error_messages={"required": "Enter the person’s name"}
    )
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter the person’s email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, found: Return, now: datetime) -> None:
        super().__init__(data)
        self.found, self.today = found, timezone.localdate(now)
        self.fields["name"].widget.attrs = {"autocomplete": "off", "spellcheck": "false"}
        self.fields["email"].widget.attrs = {"autocomplete": "off", "spellcheck": "false"}

    def clean_email(self) -> str:
        """The address as we keep it."""
        return clean_email(self.cleaned_data["email"])

    def chairs_already(self, email: str) -> bool:
        """Whether the person with this address chairs the board today."""
        chairs = Appointment.objects.filter(board=self.found.board, person__email=email)
        return chairs.current_on(self.today).exists()

    def person_fields(self) -> list[Field]:
        """How name and address are laid out."""
        return [
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
        ]


def sections_field(found: Return) -> forms.MultipleChoiceField:
    """Any sections of the return's questionnaire, or all."""
    sections = found.wave.questionnaire.sections
    choices = [(ALL, "All sections"), *((section.code, section.title) for section in sections)]
    return forms.MultipleChoiceField(
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        label="Sections to answer",
        help_text="You can change this at any time.",
        error_messages={"required": "Choose at least one section", "invalid_choice": "Choose from the sections shown"},
    )


def chosen_sections(found: Return, chosen: Collection[str]) -> list[str]:
    """The codes of the sections that were chosen, in the questionnaire's order."""
    return [section.code for section in found.wave.questionnaire.sections if ALL in chosen or section.code in chosen]


class InviteForm(PersonForm):
    """Whom to ask, and for which sections; `enough` says why nobody can be asked just now."""

    def __init__(self, data: QueryDict | None = None, *, found: Return, enough: str, now: datetime) -> None:
        super().__init__(data, found=found, now=now)
        self.enough = enough
        self.fields["sections"] = sections_field(found)
        self.helper.layout = Layout(
            *self.person_fields(),
            Field.checkboxes("sections", legend_size=Size.SMALL),
            Button.primary("send", "Send the invitation"),
        )

    def clean_email(self) -> str:
        """The address; a chair need not be asked, and staff may not."""
        email = super().clean_email()
        require_respondent(email)
        if self.enough:
            raise ValidationError(self.enough)
        if self.chairs_already(email):
            raise ValidationError("This person chairs the board, so they can answer every section already")
        return email

    def clean_sections(self) -> list[str]:
        """The codes of the sections."""
        return chosen_sections(self.found, self.cleaned_data["sections"])


class SectionsForm(WholeForm):
    """For which sections somebody is asked from now on."""

    def __init__(self, data: QueryDict | None = None, *, found: Return, asked: Collection[str]) -> None:
        super().__init__(data, initial={"sections": list(asked)})
        self.found = found
        self.fields["sections"] = sections_field(found)
        self.helper.layout = Layout(
            Field.checkboxes("sections", legend_size=Size.SMALL), Button.primary("send", "Save the sections")
        )

    def clean_sections(self) -> list[str]:
        """The codes of the sections."""
        return chosen_sections(self.found, self.cleaned_data["sections"])


class CommentForm(WholeForm):
    """A comment on a section."""

    text = PlainText(
        label="Your comment", help_text="Seen by everyone who works on this section. Do not name any child."
    )

    def __init__(self, data: QueryDict | None = None, *, action: str) -> None:
        super().__init__(data)
        self.fields["text"].error_messages["required"] = "Write a comment before you send it"
        self.helper.form_action = action
        self.helper.layout = Layout(
            Field.textarea("text", rows=4, label_size=Size.SMALL), Button.secondary("send", "Add the comment")
        )


class ConsultationForm(WholeForm):
    """Who was consulted on a section; nothing need be said."""

    consulted = forms.MultipleChoiceField(
        choices=Consulted.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Who was consulted on this section?",
        help_text="Optional, about this section alone, and no part of your answers. Where the survey itself asks whom "
        "you consulted, it means all sections together.",
        error_messages={"invalid_choice": "Choose from those shown"},
    )
    who_else = forms.CharField(max_length=200, required=False, validators=[ONE_LINE], label="If somebody else, who?")

    def __init__(self, data: QueryDict | None = None, *, action: str, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.helper.form_action = action
        self.helper.layout = Layout(
            Field.checkboxes("consulted", legend_size=Size.SMALL, small=True),
            Field.text("who_else", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Button.secondary("send", "Save who was consulted"),
        )

    def clean(self) -> None:
        """“Nobody” stands alone."""
        consulted = self.cleaned_data.get("consulted", [])
        if Consulted.NOBODY in consulted and len(consulted) > 1:
            self.add_error("consulted", "“Nobody” cannot be chosen together with somebody")
