"""Forms of frames and coders, and of one answer to code."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import Role, User
from analysis.core.coding import Applied, Code
from respondents.whole_forms import ONE_LINE, PlainText, WholeForm

NONE = "none-of-these"
NO_PASSAGE = "The marked passages did not arrive whole. Mark them again"


class CodeForm(WholeForm):
    """One code of a frame."""

    name = forms.CharField(
        max_length=80, validators=[ONE_LINE], label="Short name", error_messages={"required": "Enter a short name"}
    )
    definition = PlainText(
        label="What it means", error_messages={"required": "Say what the code means, so that two people take it alike"}
    )
    include = PlainText(label="Take it for (optional)", required=False)
    exclude = PlainText(label="Do not take it for (optional)", required=False)
    example = PlainText(label="Example (optional)", required=False, help_text="Invent one; do not copy an answer.")
    parent = forms.ChoiceField(
        required=False,
        label="Stands under (optional)",
        help_text="A board that has any of the codes under another counts once for that one.",
    )

    def __init__(self, data: QueryDict | None = None, *, codes: Sequence[Code], code: Code | None = None) -> None:
        first = {} if code is None else {name: getattr(code, name) for name in self.base_fields}
        super().__init__(data, initial=first)
        tops = [each for each in codes if not each.parent and not each.is_retired and each != code]
        choices = [("", "Nothing"), *((each.key, each.name) for each in tops)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            *(
                Field.textarea(name, rows=2, label_size=Size.SMALL)
                for name in ("definition", "include", "exclude", "example")
            ),
            Field.select("parent", label_size=Size.SMALL),
            Button.primary("send", "Add this code" if code is None else "Keep the change"),
        )

    def code(self, key: str = "") -> Code:
        """The code as it was entered, under this key."""
        return Code(key=key, **self.cleaned_data)


class RetireForm(WholeForm):
    """Nothing but the button."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(Button.warning("send", "Retire this code"))


class CodersForm(WholeForm):
    """Two analysts."""

    first = forms.ModelChoiceField(
        User.objects.none(), label="First coder: codes every answer", error_messages={"required": "Choose somebody"}
    )
    second = forms.ModelChoiceField(
        User.objects.none(),
        label="Second coder",
        help_text="Codes all answers too where there are 60 or fewer; otherwise a fifth of them, and at least 30.",
        error_messages={"required": "Choose somebody"},
    )

    def __init__(self, data: QueryDict | None = None, *, first: object = None, second: object = None) -> None:
        super().__init__(data, initial={"first": first, "second": second})
        people = User.objects.filter(role=Role.ANALYST, is_active=True).order_by("name", "email")
        for name in ("first", "second"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Field.select("first", label_size=Size.SMALL),
            Field.select("second", label_size=Size.SMALL),
            Button.primary("send", "Name these coders"),
        )


class AppliedForm(WholeForm):
    """Which codes an answer has, and on which passages; drawn by its own template."""

    codes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Which codes apply?",
        error_messages={"invalid_choice": "The frame has changed since: choose again"},
    )
    passages = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, codes: Sequence[Code], applied: Sequence[Applied] | None
    ) -> None:
        super().__init__(data, initial={"codes": _chosen(applied), "passages": _passages(applied or ())})
        choices = [*((code.key, code.name) for code in codes), (NONE, "None of these")]
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> frozenset[str]:
        """What is ticked now."""
        return frozenset(map(str, self["codes"].value() or ()))

    def clean_codes(self) -> list[str]:
        """Some codes, or none of them and said so."""
        chosen: list[str] = self.cleaned_data["codes"]
        if not chosen:
            raise ValidationError("Choose every code that applies, or “None of these”")
        if NONE in chosen and len(chosen) > 1:
            raise ValidationError("Choose codes, or “None of these”, but not both")
        return [each for each in chosen if each != NONE]

    def clean_passages(self) -> list[Applied]:
        """The marked passages."""
        try:
            return [
                Applied(str(code), int(start), int(end))
                for code, start, end in json.loads(self.cleaned_data["passages"] or "[]")
            ]
        except (ValueError, TypeError, OverflowError, RecursionError):
            self.add_error("codes", NO_PASSAGE)
            return []

    @property
    def applied(self) -> tuple[Applied, ...]:
        """Each code with its passages, or on the whole answer where none is marked."""
        passages: list[Applied] = self.cleaned_data["passages"]
        whole = [Applied(code) for code in self.cleaned_data["codes"] if code not in {each.code for each in passages}]
        return (*whole, *(each for each in passages if each.code in self.cleaned_data["codes"]))


class CodingForm(AppliedForm):
    """One answer to code, with the digest of the text as it was shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, seen: str, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.initial["seen"] = seen


def _chosen(applied: Sequence[Applied] | None) -> list[str]:
    if applied is None:
        return []
    return list(dict.fromkeys(each.code for each in applied)) or [NONE]


def _passages(applied: Sequence[Applied]) -> str:
    return json.dumps([[each.code, each.start, each.end] for each in applied if each.start is not None])


class DecisionForm(WholeForm):
    """Which codes count for an answer that two people coded differently."""

    codes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Which codes count?",
        help_text="Leave all of them empty if none applies.",
        error_messages={"invalid_choice": "The frame has changed since: choose again"},
    )
    reason = PlainText(
        label="Why?",
        help_text="Do not copy the answer.",
        error_messages={"required": "Say why"},
    )

    def __init__(self, data: QueryDict | None = None, *, codes: Sequence[Code], chosen: Iterable[str]) -> None:
        super().__init__(data, initial={"codes": list(chosen)})
        self.fields["codes"].choices = [(code.key, code.name) for code in codes]  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Field.checkboxes("codes", legend_size=Size.SMALL, small=True),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            Button.primary("send", "Keep the decision"),
        )
