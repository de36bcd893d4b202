"""The forms about staff."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms

from accounts.models import Role
from accounts.staff.managing import clean_name
from accounts.staff.models import LONGEST_NAME
from accounts.staff.roles import WHAT_THEY_DO


class FindStaffForm(forms.Form):
    """Narrows the list of staff."""

    q = forms.CharField(max_length=100, required=False, label="Name or address contains")
    gone = forms.BooleanField(required=False, label="Also those who are deactivated")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"role": "search", "aria-label": "Staff"}
        self.helper.layout = Layout(
            Field.text("q", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            "gone",
            Button.secondary("", "Show these people"),
        )


class RoleForm(forms.Form):
    """Asks what a member of staff does."""

    role = forms.TypedChoiceField(
        label="Role",
        coerce=Role,
        choices=[(role.value, f"{role.label}. {words}") for role, words in WHAT_THEY_DO.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        button = Button.primary("", "Ask for this role")
        self.helper.layout = Layout(Field.radios("role", legend_size=Size.SMALL), button)


class AddStaffForm(RoleForm):
    """Asks who a new member of staff is and what they do."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Their own, at work. The codes they sign in with are sent to it.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        error_messages={"required": "Enter a name"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "email", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.radios("role", legend_size=Size.SMALL),
            Button.primary("", "Ask to add this person"),
        )

    def clean_name(self) -> str:
        """In one line."""
        return clean_name(self.cleaned_data["name"])
