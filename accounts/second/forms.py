"""The forms of the second step."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms


class SecondForm(forms.Form):
    """Asks for what the authenticator app shows, or a recovery code."""

    code = forms.CharField(
        label="Code from your authenticator app",
        max_length=40,
        help_text="Six digits. If you do not have the app with you, enter one of your recovery codes.",
        error_messages={
            "required": "Enter the six digits that your authenticator app shows",
            "max_length": "Enter the six digits alone",
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
    words = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("code", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.primary("confirm", self.words),
        )


class NewRecoveryForm(forms.Form):
    """Whether new recovery codes also end whatever somebody else may have begun with the old ones."""

    elsewhere = forms.BooleanField(required=False, label="Also sign me out in every other browser")


class SetUpForm(SecondForm):
    """Asks for the first code of a new app."""

    words = "Confirm the app"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code that the app now shows"
        self.fields["code"].help_text = "Six digits. They change every 30 seconds."
