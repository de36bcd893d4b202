"""Forms of the correspondence. Each carries a key of its own: sent twice, it has its effect once."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict

from respondents.correspondence.models import Satisfaction
from respondents.returns.models import Return
from respondents.together.forms import chosen_sections, sections_field
from respondents.typed_fields import SUCH_AS, LondonMoment, in_a_week, later_than
from respondents.whole_forms import KeyedForm, PlainText, WholeForm

NAME_NOBODY = "Do not name any child, family or other person."


class MessageForm(KeyedForm):
    """A message to the other side; `enough` says, by the form's key, why none can be written just now."""

    text = PlainText(label="Your message", help_text=NAME_NOBODY)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        button: str = "Send the message",
        enough: Callable[[uuid.UUID], str] = lambda _: "",
    ) -> None:
        super().__init__(data)
        self.enough = enough
        self.fields["text"].error_messages["required"] = "Write a message before you send it"
        self.lay_out(Field.textarea("text", rows=6, label_size=Size.SMALL), button=Button.primary("send", button))

    def clean(self) -> None:
        """What was written stays on the page where it cannot be sent today."""
        super().clean()
        if sentence := self.enough(self.cleaned_data["key"]):
            self.add_error("text", sentence)


class QueryForm(KeyedForm):
    """What is asked about which item."""

    item = forms.ChoiceField(
        label="Which answer do you ask about?",
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose one of the answers shown"},
    )
    text = PlainText(label="Your query", help_text=f"The chair reads it. {NAME_NOBODY}")

    def __init__(self, data: QueryDict | None = None, *, found: Return) -> None:
        super().__init__(data)
        self.fields["item"].choices = [("", "Choose an answer"), *_items(found)]  # type: ignore[attr-defined]
        self.fields["text"].error_messages["required"] = "Write what you want to know"
        self.lay_out(
            Field.select("item", label_size=Size.SMALL),
            Field.textarea("text", rows=5, label_size=Size.SMALL),
            button=Button.primary("send", "Put the query"),
        )


class QueryAnswerForm(KeyedForm):
    """The board's answer to a query: in words, unless the answer that was asked about has changed."""

    text = PlainText(label="Your answer to the survey team", help_text=NAME_NOBODY)

    def __init__(self, data: QueryDict | None = None, *, is_changed: bool) -> None:
        super().__init__(data)
        self.fields["text"].required = not is_changed
        self.fields["text"].error_messages["required"] = "Write an answer, or change the answer in the return first"
        if is_changed:
            self.fields["text"].label = "Your answer to the survey team (optional)"
        self.lay_out(
            Field.textarea("text", rows=5, label_size=Size.SMALL), button=Button.primary("send", "Answer the query")
        )


class AskAgainForm(KeyedForm):
    """What is asked further."""

    text = PlainText(label="Ask further", help_text=f"The query waits for an answer again. {NAME_NOBODY}")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["text"].error_messages["required"] = "Write what you still want to know"
        self.lay_out(
            Field.textarea("text", rows=4, label_size=Size.SMALL), button=Button.secondary("send", "Ask again")
        )


class CloseForm(KeyedForm):
    """Nothing more is asked."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.lay_out(button=Button.secondary("send", "Close the query"))


class WishForm(WholeForm):
    """Which sections the chair would have reopened, and why."""

    reason = PlainText(label="What has to be put right, and why?", help_text=NAME_NOBODY)

    def __init__(self, data: QueryDict | None = None, *, found: Return) -> None:
        super().__init__(data)
        self.found = found
        self.fields["sections"] = _sections_field(found, "Which sections should be reopened?")
        self.fields["reason"].error_messages["required"] = "Say why the return should be reopened"
        self.helper.layout = Layout(
            Field.checkboxes("sections", legend_size=Size.SMALL, small=True),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            Button.primary("send", "Ask the survey team"),
        )

    def clean_sections(self) -> list[str]:
        """The codes of the sections."""
        return chosen_sections(self.found, self.cleaned_data["sections"])


class ReopenForm(KeyedForm):
    """Which sections are to be reopened until when, and why."""

    until = LondonMoment(label="Until", help_text=SUCH_AS, error_messages={"required": "Enter a day and a time"})
    reason = PlainText(label="Reason", help_text="Whoever approves reads it, and the people on the return.")

    def __init__(self, data: QueryDict | None = None, *, found: Return, wished: Collection[str], now: datetime) -> None:
        super().__init__(data, initial={"sections": list(wished), "until": in_a_week(now)})
        self.found, self.now = found, now
        self.fields["sections"] = _sections_field(found, "Sections to reopen")
        self.fields["reason"].error_messages["required"] = "Say why the return should be reopened"
        self.lay_out(
            Field.checkboxes("sections", legend_size=Size.SMALL, small=True),
            Field.text("until", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            button=Button.primary("send", "Ask for approval"),
        )

    def clean_sections(self) -> list[str]:
        """The codes of the sections."""
        return chosen_sections(self.found, self.cleaned_data["sections"])

    def clean_until(self) -> datetime:
        """A moment that is still to come, and later than the survey closes."""
        words = "The survey is open until then anyway: choose a later day"
        return later_than(self.cleaned_data["until"], closes_at=self.found.closes_at, now=self.now, open_words=words)


class FeedbackForm(WholeForm):
    """How it went. Nothing has to be said."""

    satisfaction = forms.TypedChoiceField(
        choices=Satisfaction.choices,
        coerce=lambda value: Satisfaction(int(value)),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label="How satisfied are you with answering this survey here? (optional)",
        error_messages={"invalid_choice": "Choose one of the answers shown"},
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
        label="How many minutes did the return take in all? (optional)",
        help_text="Yours and those of everybody who helped. A rough figure is welcome: 90 for an hour and a half.",
        error_messages={
            "invalid": "Enter a whole number of minutes, such as 90",
            "min_value": "Enter 1 minute or more, or leave it empty",
            "max_value": "Enter 100,000 minutes or fewer",
        },
    )
    comment = PlainText(label="What should we do better? (optional)", help_text=NAME_NOBODY, required=False)

    def __init__(self, data: QueryDict | None = None, *, action: str) -> None:
        super().__init__(data)
        self.helper.form_action = action
        self.helper.layout = Layout(
            Field.radios("satisfaction", legend_size=Size.SMALL, small=True),
            Field.text("minutes", label_size=Size.SMALL, field_width=Fluid.ONE_QUARTER),
            Field.textarea("comment", rows=3, label_size=Size.SMALL),
            Button.secondary("send", "Send what you think"),
        )


def _items(found: Return) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every item by section, with its code, so that staff find it as the printed questionnaire names it."""
    return [
        (section.title, [(item.code, f"{item.code}: {item.short}") for item in section.items])
        for section in found.wave.questionnaire.sections
    ]


def _sections_field(found: Return, label: str) -> forms.MultipleChoiceField:
    field = sections_field(found)
    field.label, field.help_text = label, ""
    return field
