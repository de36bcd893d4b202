"""Forms of the contacts with boards. Each says beside the field what is wrong and how to put it right."""

from datetime import date, datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.outbox.models import MessageKind, MessageState
from accounts.people import clean_email
from respondents.contacts.models import (
    CameOfIt,
    ContactKind,
    ContactSettings,
    DispositionWords,
    Mailing,
    MailingKind,
    TemplateKind,
)
from respondents.contacts.standard import needed_by, variables_of
from respondents.contacts.wording import LONGEST_SUBJECT, Wording, problems_in
from respondents.filter_forms import ANY
from respondents.register.models import Board
from respondents.returns.models import Return
from respondents.typed_fields import LondonMoment, TypedDay
from respondents.whole_forms import KeyedForm, PlainText, WholeForm

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
LISTED_KINDS = [kind for kind in MessageKind if kind != MessageKind.SIGN_IN_CODE]


class EntryForm(KeyedForm):
    """A contact with a board, and what came of it."""

    kind = forms.ChoiceField(
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        label="How were you in touch?",
        error_messages={"required": "Choose how you were in touch"},
    )
    came_of_it = forms.ChoiceField(
        choices=CameOfIt.choices,
        widget=forms.RadioSelect,
        label="What came of it?",
        help_text="A refusal, a vacancy or a wrong address stops reminders until a later entry says otherwise.",
        error_messages={"required": "Choose what came of it"},
    )
    note = PlainText(
        required=False, label="Note (optional)", help_text="Do not name any child, family or other person."
    )
    follow_up = TypedDay(
        required=False, label="Come back to this on (optional)", help_text="For example, 2 March 2012 or 2/3/2012."
    )

    def __init__(self, data: QueryDict | None = None, *, now: datetime) -> None:
        super().__init__(data)
        self.today = timezone.localdate(now)
        self.lay_out(
            Field.radios("kind", legend_size=Size.SMALL, inline=True),
            Field.radios("came_of_it", legend_size=Size.SMALL),
            Field.textarea("note", rows=4, label_size=Size.SMALL),
            Field.text("follow_up", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            button=Button.primary("send", "Add the entry"),
        )

    def clean_follow_up(self) -> date | None:
        """A day that is still to come."""
        day: date | None = self.cleaned_data["follow_up"]
        if day and not self.today <= day < LAST:
            raise ValidationError("Choose today or a later day")
        return day


class OutcomeForm(WholeForm):
    """A board's outcome, decided against what follows from the data."""

    disposition = forms.ChoiceField(
        choices=[*DispositionWords.choices, ("", "As it follows from the data")],
        required=False,
        widget=forms.RadioSelect,
        label="What is the outcome?",
        help_text="A board that is not eligible, or a duplicate, is in no figure; what it sent is kept, not counted.",
    )
    reason = PlainText(label="Reason", help_text="It is kept with the decision, and in the audit.")

    def __init__(self, data: QueryDict | None = None, *, disposition: str = "") -> None:
        super().__init__(data, initial={"disposition": disposition})
        self.fields["reason"].error_messages["required"] = "Say why the outcome is decided so"
        self.helper.layout = Layout(
            Field.radios("disposition", legend_size=Size.SMALL),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            Button.primary("send", "Decide the outcome"),
        )


class SettingsForm(WholeForm):
    """The cut-offs of partial and complete returns, and the digest."""

    partial_from = forms.IntegerField(
        min_value=1, max_value=99, label="A return is partial from this share of the applicable items, in per cent"
    )
    complete_above = forms.IntegerField(min_value=1, max_value=99, label="A return is complete above this share")
    sends_digest = forms.BooleanField(
        required=False, label="Send researchers a summary by email on the morning of each working day"
    )

    def __init__(self, data: QueryDict | None = None, *, kept: ContactSettings) -> None:
        super().__init__(data, initial={name: getattr(kept, name) for name in self.base_fields})
        self.helper.layout = Layout(
            Field.text("partial_from", label_size=Size.SMALL, field_width=Fluid.ONE_QUARTER),
            Field.text("complete_above", label_size=Size.SMALL, field_width=Fluid.ONE_QUARTER),
            Field.checkbox("sends_digest"),
            Button.primary("send", "Save the settings"),
        )

    def clean(self) -> dict[str, Any]:
        """Partial begins no later than complete."""
        low, high = self.cleaned_data.get("partial_from"), self.cleaned_data.get("complete_above")
        if low is not None and high is not None and low > high:
            self.add_error("complete_above", f"It must be {low} or more: a return is partial before it is complete")
        return self.cleaned_data


class WordingForm(KeyedForm):
    """The subject and text of a message to many."""

    subject = forms.CharField(required=False, strip=False, label="Subject")
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea, label="Text")

    def __init__(self, data: QueryDict | None = None, *, kind: TemplateKind, wording: Wording) -> None:
        super().__init__(data, initial={"subject": wording.subject, "text": wording.text})
        self.kind = kind
        # A null character is ours to refuse, in the same words as every other that cannot be sent.
        for name in ("subject", "text"):
            field: Any = self.fields[name]
            field.validators = []
        self.fields["subject"].widget.attrs["maxlength"] = LONGEST_SUBJECT
        self.lay_out(
            Field.text("subject", label_size=Size.SMALL, field_width=Fluid.FULL),
            Field.textarea("text", rows=18, label_size=Size.SMALL),
            button=Button.primary("send", "Keep these words"),
        )

    def clean(self) -> None:
        """Everything that keeps the words from being used."""
        super().clean()
        for problem in problems_in(self.wording, allowed=variables_of(self.kind), needed=needed_by(self.kind)):
            self.add_error(problem.field, problem.message)

    @property
    def wording(self) -> Wording:
        """What was written."""
        given = self.cleaned_data
        return Wording(given.get("subject", "").strip(" "), given.get("text", "").replace("\r\n", "\n").strip() + "\n")


class BoardChoiceForm(forms.Form):
    """For which board a message is shown."""

    board = forms.ModelChoiceField(Return.objects.none(), required=False, label="As this board would get it")

    def __init__(self, data: QueryDict | None = None, *, returns: "QuerySet[Return]") -> None:
        super().__init__(data)
        field: Any = self.fields["board"]
        field.queryset = returns
        field.label_from_instance = lambda found: str(found.board)
        field.empty_label = "The first board"
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            Field.select("board", label_size=Size.SMALL), Button.secondary("", "Show it for this board")
        )


class TestForm(KeyedForm):
    """A test is sent to oneself."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.lay_out(button=Button.secondary("send", "Send it to me as a test"))


class MailingForm(WholeForm):
    """What is sent to many, and when."""

    kind = forms.ChoiceField(choices=MailingKind.choices, widget=forms.RadioSelect, label="What is sent?")
    due_at = LondonMoment(
        label="When?",
        help_text="On a working day. Times are those on the clocks of England.",
        error_messages={"required": "Enter a day and a time"},
    )

    def __init__(self, data: QueryDict | None = None, *, mailing: Mailing | None = None) -> None:
        initial: dict[str, Any] = {"kind": MailingKind.REMINDER}
        super().__init__(data, initial={"due_at": mailing.due_at} if mailing else initial)
        fields = [Field.text("due_at", label_size=Size.SMALL, field_width=Fluid.ONE_HALF)]
        if mailing:
            del self.fields["kind"]
        else:
            fields.insert(0, Field.radios("kind", legend_size=Size.SMALL))
        words = "Move it" if mailing else "Plan it"
        self.helper.layout = Layout(*fields, Button.primary("send", words))


class StopForm(WholeForm):
    """An address or a board to which nothing is sent in bulk."""

    email = forms.CharField(
        required=False, label="Email address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    board = forms.ModelChoiceField(Board.objects.all(), required=False, label="Or a whole board", empty_label="–")
    reason = PlainText(label="Reason")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["reason"].error_messages["required"] = "Say why nothing is sent there"
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.select("board", label_size=Size.SMALL),
            Field.textarea("reason", rows=2, label_size=Size.SMALL),
            Button.primary("send", "Put on the stop list"),
        )

    def clean_email(self) -> str:
        """The address as we keep it."""
        given = self.cleaned_data["email"].strip()
        return clean_email(given) if given else ""

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        if not self.errors and bool(self.cleaned_data.get("email")) == bool(self.cleaned_data.get("board")):
            self.add_error("email", "Enter an email address or choose a board, one of the two")
        return self.cleaned_data


class MessagesForm(forms.Form):
    """Narrows the list of messages."""

    fate = forms.ChoiceField(choices=[*ANY, *MessageState.choices], required=False, label="Fate")
    kind = forms.ChoiceField(
        choices=[*ANY, *((kind.value, kind.label) for kind in LISTED_KINDS)], required=False, label="Kind"
    )
    board = forms.CharField(max_length=100, required=False, label="Board or address contains")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Messages sent"}
        self.helper.layout = Layout(
            Field.select("fate", label_size=Size.SMALL),
            Field.select("kind", label_size=Size.SMALL),
            Field.text("board", label_size=Size.SMALL, field_width=Fluid.FULL),
            Button.secondary("", "Show these messages"),
        )
