"""The forms about erasing one person."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from respondents.retention.erasing import is_erased
from respondents.whole_forms import ONE_LINE

LONGEST_REFERENCE = 60


class FindPersonForm(forms.Form):
    """Finds a respondent by their whole address: nobody browses here."""

    email = forms.EmailField(
        label="Email address of a respondent",
        max_length=254,
        error_messages={
            "required": "Enter the person’s email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: User | None = None
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS), Button.secondary("", "Find")
        )

    def clean_email(self) -> str:
        """An address that a respondent has."""
        email = str(self.cleaned_data["email"]).lower()
        self.found = User.objects.filter(email=email, role=Role.RESPONDENT).first()
        if self.found is None or is_erased(self.found):
            raise ValidationError("No respondent has this address. Staff are deactivated under “People”.")
        return email


class ErasePersonForm(forms.Form):
    """Asks what the department calls the request."""

    reference = forms.CharField(
        label="Your reference for this request",
        max_length=LONGEST_REFERENCE,
        validators=[ONE_LINE],
        help_text="It stands on the certificate and in the audit for good. Use a number, not a name.",
        error_messages={"required": "Enter a reference by which you find the request again"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("reference", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.warning("", "Erase who this person was"),
        )
