"""The fields that forms of the register share, and how each kind is laid out."""

from typing import Any

from crispy_forms_gds.layout import Field, Fluid, Size
from django import forms
from django.core.exceptions import ValidationError

from respondents.tabular.guarding import guarded
from respondents.typed_fields import TypedDay
from respondents.whole_forms import ONE_LINE


def require_plain(text: str) -> None:
    """A name is no mark-up and no formula."""
    if "<" in text or ">" in text or guarded(text) != text:
        raise ValidationError("Write the name as plain text, without signs such as < or =")


def name_field(label: str, length: int, **rest: Any) -> forms.CharField:
    """A name on one line."""
    errors = {"required": f"Enter {label[0].lower()}{label[1:]}"}
    return forms.CharField(
        label=label, max_length=length, validators=[ONE_LINE, require_plain], error_messages=errors, **rest
    )


def day_field(label: str, *, required: bool = True, help_text: str = "Such as 1 April 2012.") -> TypedDay:
    """A day, typed."""
    errors = {"required": f"{label}: enter a day"}
    return TypedDay(label=label, required=required, help_text=help_text, error_messages=errors)


def choice_field(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """One of a few."""
    errors = {"required": f"Choose {label[0].lower()}{label[1:]}", "invalid_choice": "Choose one of those shown"}
    return forms.ChoiceField(label=label, choices=choices, error_messages=errors)


def reason_field() -> forms.CharField:
    """Why something is changed."""
    return forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Kept in the history.",
        error_messages={"required": "Say why, in a few words"},
    )


def laid_out(form: forms.Form, name: str) -> Field:
    """How a field is laid out, by its kind."""
    kind = form.fields[name]
    if isinstance(kind, forms.ChoiceField | forms.ModelChoiceField):
        return Field.select(name, label_size=Size.SMALL)
    if isinstance(kind, TypedDay):
        return Field.text(name, label_size=Size.SMALL, field_width=Fluid.ONE_THIRD)
    if isinstance(kind.widget, forms.Textarea):
        return Field.textarea(name, rows=3, label_size=Size.SMALL)
    return Field.text(name, label_size=Size.SMALL, field_width=Fluid.FULL)
