"""The two sign-in forms, in the words and shapes of the GOV.UK Design System."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the address that a code should be sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = "Email address"
        email.help_text = "Use the address that your invitation was sent to."
        email.error_messages = {
            "required": "Enter your email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        }
        email.widget.attrs = {"autocomplete": "email", "spellcheck": "false"}
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Button.primary("send", "Send me a code"),
        )


class ConfirmCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the code that was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code from the email"
        code.help_text = "Eight letters, for example BCDF-GHJK. Capitals and the dash do not matter."
        code.error_messages = {"required": "Enter the code from the email"}
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("code", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.primary("confirm", "Sign in"),
        )
