"""Forms with which staff help a board."""

from collections.abc import Iterable
from datetime import date, datetime

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from accounts.people import ERASED_NAME
from respondents.filter_forms import ANY, BoardFilterForm, FilterForm
from respondents.helping.answers import Order, Wish
from respondents.helping.boards import EXTENDED
from respondents.portal.fields import BASE, VersionMixin
from respondents.returns.attribution import Settled
from respondents.returns.models import Return, ReturnState
from respondents.typed_fields import SUCH_AS, LondonMoment, TypedDay, in_a_week, later_than
from respondents.whole_forms import ONE_LINE, KeyedForm, PlainText, WholeForm


def refuse_erased(name: str) -> None:
    """Our own words for somebody who is forgotten are nobody's name."""
    if name.strip().casefold() == ERASED_NAME.casefold():
        raise ValidationError(f"“{name.strip()}” is what we call people who were forgotten. Enter the person’s name")


class BoardsForm(BoardFilterForm):
    """Narrows the list of boards."""

    name = forms.CharField(max_length=100, required=False, label="Board or authority")
    state = forms.ChoiceField(
        choices=[*ANY, *ReturnState.choices, (EXTENDED, "Given more time")], required=False, label="State"
    )
    field_order = ("name", "state", "authority_type", "region")


class PseudonymsForm(FilterForm):
    """Narrows and sorts the list of answers under names that say nothing."""

    name = forms.CharField(max_length=12, required=False, label="Return")
    which = forms.ChoiceField(
        choices=[
            *ANY,
            (Wish.WRITTEN, "With something written"),
            (Wish.ONCE, "Submitted once"),
            (Wish.AGAIN, "Submitted again"),
        ],
        required=False,
        label="Which",
    )
    order = forms.ChoiceField(
        choices=[(Order.NAME, "By name"), (Order.SENT, "Most submissions first")], required=False, label="Order"
    )
    what = "Returns"
    button = "Show these returns"


class ExtendReturnForm(KeyedForm):
    """Until when one board has time, and why."""

    until = LondonMoment(
        label="New closing time", help_text=SUCH_AS, error_messages={"required": "Enter a day and a time"}
    )
    reason = PlainText(label="Reason", help_text="The people on the return read it.")

    def __init__(self, data: QueryDict | None = None, *, found: Return, now: datetime) -> None:
        super().__init__(data, initial={"until": in_a_week(max(now, found.closes_at))})
        self.found, self.now = found, now
        self.fields["reason"].error_messages["required"] = "Say why the board gets more time"
        self.lay_out(
            Field.text("until", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            button=Button.primary("send", "Give more time"),
        )

    def clean_until(self) -> datetime:
        """A moment that is still to come, and later than the return closes."""
        words = "The return is open until then anyway: choose a later moment"
        return later_than(self.cleaned_data["until"], closes_at=self.found.closes_at, now=self.now, open_words=words)


class CallForm(KeyedForm):
    """Who is at the other end, when the answers were told, and why by telephone."""

    voice = forms.CharField(
        max_length=200,
        validators=[ONE_LINE, refuse_erased],
        label="Who gives the answers?",
        help_text="The full name of the person at the other end, who must be the chair or speak for the chair.",
        error_messages={"required": "Enter the name of the person at the other end"},
    )
    day = TypedDay(
        label="On which day?", help_text="For example, 4 December 2012.", error_messages={"required": "Enter the day"}
    )
    reason = PlainText(label="Why by telephone?", help_text="Kept for the audit. Do not write any answer here.")

    def __init__(self, data: QueryDict | None = None, *, voice: str, now: datetime) -> None:
        today = timezone.localdate(now)
        super().__init__(data, initial={"voice": voice, "day": today})
        self.today = today
        self.fields["voice"].widget.attrs = {"autocomplete": "off", "spellcheck": "false"}
        self.fields["reason"].error_messages["required"] = "Say why the answers are taken by telephone"
        self.lay_out(
            Field.text("voice", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("day", label_size=Size.SMALL, field_width=Fluid.ONE_QUARTER),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            button=Button.primary("send", "Begin"),
        )

    def clean_day(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError("Enter today or a day before")
        return day


class DeclarationForm(VersionMixin, WholeForm):
    """What the person at the other end has declared, by name, on the version that was read back."""

    declared_by = forms.CharField(
        max_length=200,
        validators=[ONE_LINE, refuse_erased],
        label="Who has declared it?",
        help_text="The full name of the chair, as they gave it on the telephone.",
        error_messages={"required": "Enter the name of the person who has declared it"},
    )
    is_declared = forms.BooleanField(
        label="I have read the answers back, and heard the chair say that these are the answers of the board",
        error_messages={"required": "Read the answers back and hear the declaration before you submit"},
    )

    def __init__(self, data: QueryDict | None = None, *, voice: str, version: int, action: str) -> None:
        super().__init__(data, initial={"declared_by": voice})
        self.initial[BASE] = version
        self.helper.form_action = action
        self.helper.layout = Layout(
            Field.text("declared_by", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.checkbox("is_declared"),
            BASE,
            Button.primary("send", "Submit the return"),
        )


class ChooseBoardForm(forms.Form):
    """Whose return it is."""

    board = forms.CharField(required=False)

    def __init__(self, data: QueryDict, *, boards: Iterable[Return]) -> None:
        super().__init__(data)
        self.returns = {found.board.slug: found for found in boards if found.board}
        choices = [("", "Choose a board"), *((slug, str(found.board)) for slug, found in self.returns.items())]
        self.fields["board"] = forms.ChoiceField(choices=choices, required=False, label="Whose return is it?")
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            Field.select("board", label_size=Size.SMALL), Button.secondary("", "Compare the two returns")
        )

    @property
    def chosen(self) -> Return | None:
        """The board's own return."""
        return self.returns.get(self.cleaned_data.get("board", "")) if self.is_valid() else None


class SettleDuplicateForm(KeyedForm):
    """Which of two returns counts for a board, and why."""

    settled = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Settled.TAKEN, Settled.APART)],
        widget=forms.RadioSelect,
        label="Which answers count?",
        error_messages={"required": "Choose which answers count", "invalid_choice": "Choose one of those shown"},
    )
    reason = PlainText(label="Reason", help_text="Kept with both returns. Do not write any answer here.")

    def __init__(self, data: QueryDict | None = None, *, own: Return) -> None:
        super().__init__(data)
        self.own = own
        if own.submitted_version is None:
            self.fields["settled"].choices = [(Settled.TAKEN.value, Settled.TAKEN.label)]  # type: ignore[attr-defined]
            self.initial["settled"] = Settled.TAKEN.value
        self.fields["reason"].error_messages["required"] = "Say how you know whose return it is"
        self.lay_out(
            Field.radios("settled", legend_size=Size.SMALL),
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            button=Button.primary("send", "Settle it"),
        )

    def clean_settled(self) -> Settled:
        """The choice."""
        return Settled(self.cleaned_data["settled"])


class UndoForm(KeyedForm):
    """Why a settled return is to name no board again."""

    reason = PlainText(label="Reason")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["reason"].error_messages["required"] = "Say why it is undone"
        self.lay_out(
            Field.textarea("reason", rows=3, label_size=Size.SMALL),
            button=Button.warning("send", "Undo it"),
        )
