"""Forms of redaction, of the names it looks for, and of quotes."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from analysis.opentext.finding import Found
from analysis.opentext.models import QuoteStepKind
from analysis.opentext.redacting import Edit, decided, more_edits
from respondents.whole_forms import ONE_LINE, PlainText, WholeForm

TAKE, KEEP = "take", "keep"


class RedactionForm(WholeForm):
    """One decision for each passage found, and what else has to go."""

    more = forms.CharField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea,
        label="Anything else to take out (optional)",
        help_text="Copied from the answer word for word, one passage on a line: names no list holds, and whatever "
        "only one board could have written.",
    )
    is_blocked = forms.BooleanField(
        required=False,
        label="It tells of one child, family or case, even unnamed: quote nothing from it",
    )

    def __init__(self, data: QueryDict | None = None, *, text: str, found: Sequence[Found]) -> None:
        super().__init__(data)
        self.text, self.found = text, found
        for each in found:
            self.fields[f"p{each.start}"] = forms.ChoiceField(
                choices=((TAKE, f"Put {each.mark} in its place"), (KEEP, "Keep it: it points to nobody")),
                widget=forms.RadioSelect,
                label=f"“{text[each.start : each.end]}”, {each.kind}",
                error_messages={"required": f"Decide on “{text[each.start : each.end]}”"},
            )
        self.helper.layout = Layout(
            *(Field.radios(f"p{each.start}", legend_size=Size.SMALL, small=True) for each in found),
            Field.textarea("more", rows=3, label_size=Size.SMALL),
            Field.checkbox("is_blocked", small=True),
            Button.primary("send", "Keep the redacted text"),
        )

    def clean(self) -> None:
        """What is to go has to stand in the answer."""
        try:
            more_edits(self.text, self.cleaned_data.get("more", ""), [])
        except ValidationError as error:
            self.add_error(None, error)

    @property
    def edits(self) -> list[Edit]:
        """Every decision."""
        taken = {each.start for each in self.found if self.cleaned_data[f"p{each.start}"] == TAKE}
        return more_edits(self.text, self.cleaned_data["more"], decided(self.found, taken))


class LocalNameForm(WholeForm):
    """One name to look for."""

    words = forms.CharField(
        min_length=4,
        max_length=120,
        validators=[ONE_LINE],
        label="Add a name",
        help_text="For example the Lantern project. Capitals and spaces do not matter.",
        error_messages={
            "required": "Enter a name",
            "min_length": "Enter at least 4 letters: shorter names are everywhere",
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(
            Field.text("words", label_size=Size.MEDIUM, field_width=Fluid.ONE_HALF),
            Button.secondary("send", "Add this name"),
        )


class QuoteForm(WholeForm):
    """The words to print, and what they show."""

    text = PlainText(
        label="The words to quote",
        help_text="As they stand in the redacted answer. Put whatever you change or leave out in [brackets].",
        error_messages={"required": "Enter the words to quote"},
    )
    reason = PlainText(label="What it shows", error_messages={"required": "Say what the quote shows"})

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(
            Field.textarea("text", rows=4, label_size=Size.SMALL),
            Field.textarea("reason", rows=2, label_size=Size.SMALL),
            Button.primary("send", "Propose this quote"),
        )


class StepForm(WholeForm):
    """Why, and for an approval what was tried to find the board out."""

    reason = PlainText(label="Why?", error_messages={"required": "Say why"})
    searched = forms.BooleanField(
        label="I searched the web for these words and for what they tell, and found nothing that leads to the board",
        error_messages={"required": "Try to find the board out before you approve"},
    )
    alone = forms.BooleanField(
        label="No age, event and place in it together point to one child, family or case",
        error_messages={"required": "A passage about one child, family or case is not quoted: refuse it"},
    )

    def __init__(self, data: QueryDict | None = None, *, kind: QuoteStepKind, button: str, **rest: Any) -> None:
        super().__init__(data, **rest)
        checks = ("searched", "alone")
        if kind != QuoteStepKind.APPROVED:
            for name in checks:
                del self.fields[name]
        if kind in {QuoteStepKind.CONSENTED, QuoteStepKind.DECLINED}:
            self.fields["reason"].label = "Who said so, when and how?"
        self.helper.layout = Layout(
            *(Field.checkbox(name, small=True) for name in checks if name in self.fields),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            Button.primary("send", button),
        )
