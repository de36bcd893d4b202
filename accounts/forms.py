"""The two sign-in forms, in the words and shapes of the GOV.UK Design System."""

from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.people import clean_email
from accounts.security_log import Event, note

WRONG = "That is not the code we sent last. Check the email and enter the code again"
LIMITED = "Too many codes were asked for. Wait a minute, then ask for a new one"
NO_ADDRESS = "Enter an email address in the correct format, like name@example.org"


class RequestCodeForm(forms.Form):
    """Asks for the address that a code should be sent to. What it says never depends on whether we know the address."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Use the address that your invitation was sent to.",
        error_messages={
            "required": "Enter your email address",
            "invalid": NO_ADDRESS,
            "max_length": NO_ADDRESS,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Button.primary("send", "Send me a code"),
        )

    def clean_email(self) -> str:
        """The address as we keep it; refused when too many codes were asked for, for this address or from here."""
        try:
            email = clean_email(self.cleaned_data["email"])
        except ValidationError:
            raise ValidationError(NO_ADDRESS) from None
        if not self._has_room(email):
            note(Event.LIMITED, email=email)
            raise ValidationError(LIMITED, code="limited")
        return email

    def _has_room(self, email: str) -> bool:
        """Whether a code may be asked for: not too many from here, nor for this address.

        Whoever asks for somebody's codes all the time does not keep them from asking for one from where they are.
        """
        return ratelimit.consume(self.request, action="request_login_code") and any(
            ratelimit.consume(self.request, action=action, key=key)
            for action, key in (
                ("request_login_code_for_address", email),
                ("request_login_code_from_here", f"{email} {get_client_ip(self.request)}"),
            )
        )


class ConfirmCodeForm(forms.Form):
    """Asks for the code that was sent."""

    code = forms.CharField(
        label="Code from the email",
        max_length=100,
        help_text="Eight letters, for example BCDF-GHJK, or twelve. Capitals, spaces and the dash do not matter.",
        error_messages={
            "required": "Enter the code from the email",
            "max_length": "The code has eight or twelve letters. Copy the code alone",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("code", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.primary("confirm", "Sign in"),
        )
