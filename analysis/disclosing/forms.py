"""The form on which somebody chooses what is released, with a reason."""

from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.http import QueryDict

from analysis.core.release.decisions import Choices
from analysis.disclosing.choosing import BASES
from analysis.disclosing.models import ChoiceKind
from respondents.whole_forms import PlainText, WholeForm


class ChoiceForm(WholeForm):
    """One change: another smallest base, or a table or breakdown less, or one again."""

    what = forms.ChoiceField(
        label="What is to change?",
        error_messages={"required": "Choose what is to change", "invalid_choice": "Choose one of the changes shown"},
    )
    reason = PlainText(label="Why?", error_messages={"required": "Say why"})

    def __init__(self, data: QueryDict | None = None, *, parts: dict[str, str], choices: Choices) -> None:
        super().__init__(data)
        bases = [(f"{ChoiceKind.SMALLEST}:{n}", f"Rows need {n} returns") for n in BASES if n != choices.smallest]
        changes = [
            (f"{ChoiceKind.PUT_BACK}:{id_}", f"Put back {name}")
            if id_ in choices.left_out
            else (f"{ChoiceKind.LEAVE_OUT}:{id_}", f"Leave out {name}")
            for id_, name in parts.items()
        ]
        self.fields["what"].choices = [("", "Choose"), *bases, *changes]  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Field.select("what", label_size=Size.SMALL),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            Button.primary("send", "Keep this choice"),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What the service is told."""
        kind, _, value = self.cleaned_data["what"].partition(":")
        return {"kind": kind, "value": value, "reason": self.cleaned_data["reason"]}
