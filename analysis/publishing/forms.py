"""The forms of publications: words, days, releases, people, reasons."""

from collections.abc import Mapping

from crispy_forms_gds.layout import Button, Field, Fixed, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from analysis.core.finding_tokens import EXAMPLE
from analysis.publishing.models import AccessKind
from analysis.publishing.moments import LONGEST_EARLY
from analysis.publishing.said import faults_in
from respondents.typed_fields import TypedDay
from respondents.whole_forms import ONE_LINE, PlainText, WholeForm

INDEPENDENCE = (
    "These statistics were produced by the survey team, who alone decided on what is published, how and when. Nobody "
    "outside the team could change them."
)


def one_line(label: str, missing: str, *, most: int = 200, help_text: str = "") -> forms.CharField:
    """A short text on one line."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        validators=[ONE_LINE],
        error_messages={"required": missing, "max_length": f"Use {most} characters at most"},
    )


def readable(text: str) -> None:
    """ValidationError where a token of the text cannot be read."""
    fault = next(faults_in(text), "")
    if fault:
        raise ValidationError(fault)


class StartForm(WholeForm):
    """The title under which it is announced."""

    title = one_line(
        "Title", "Enter a title", help_text="It stands in the public calendar before anything is out: no finding in it."
    )

    def __init__(self, data: QueryDict | None = None, *, title: str = "") -> None:
        super().__init__(data, initial={"title": title})
        self.helper.layout = Layout(
            Field.text("title", label_size=Size.SMALL), Button.primary("send", "Start a publication")
        )


class WordsForm(WholeForm):
    """What the page says beside the tables."""

    summary = PlainText(
        label="Summary",
        help_text=f"Two or three sentences. Write each figure as a token, such as {EXAMPLE}: it is filled from the "
        "tables, and checked. The methods and quality notes take tokens too.",
        validators=[readable],
        error_messages={"required": "Write a summary"},
    )
    contact_name = one_line("Contact: name", "Enter whom to ask")
    contact_email = forms.EmailField(
        label="Contact: email address",
        error_messages={"required": "Enter an address", "invalid": "Enter an address such as name@example.org"},
    )
    methods = PlainText(
        label="Methods notes", validators=[readable], error_messages={"required": "Say how it was done"}
    )
    quality = PlainText(label="Quality notes", validators=[readable], error_messages={"required": "Say how good it is"})
    independence = PlainText(
        label="Independence statement",
        help_text="No comment of a minister stands in a publication.",
        error_messages={"required": "Say who decided on it"},
    )

    def __init__(self, data: QueryDict | None = None, *, kept: Mapping[str, str]) -> None:
        super().__init__(data, initial={"independence": INDEPENDENCE, **kept})
        self.helper.layout = Layout(
            Field.textarea("summary", label_size=Size.SMALL, rows=4),
            Field.text("contact_name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("contact_email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.textarea("methods", label_size=Size.SMALL, rows=8),
            Field.textarea("quality", label_size=Size.SMALL, rows=8),
            Field.textarea("independence", label_size=Size.SMALL, rows=4),
            Button.primary("send", "Keep these words"),
        )


class AnnounceForm(WholeForm):
    """The day of the calendar."""

    day = TypedDay(
        label="Day",
        help_text="It comes out at 09:30 on this day, for example 4 December 2026. A working day, four weeks ahead.",
        error_messages={"required": "Enter a day"},
    )
    reason = PlainText(
        label="Why sooner, or why moved (optional)",
        help_text="Needed for a day less than four weeks away, and for every change. The calendar shows it.",
        required=False,
    )
    late_reason = PlainText(
        label="Why later than twelve weeks (optional)",
        help_text="Needed if the final draft is older than twelve weeks on that day. The page shows it.",
        required=False,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(
            Field.text("day", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            Field.textarea("late_reason", label_size=Size.SMALL, rows=3),
            Button.primary("send", "Announce this day"),
        )


class PrepareForm(WholeForm):
    """The release, and for a correction what was wrong."""

    release = forms.ChoiceField(
        label="From which release?",
        error_messages={"required": "Choose a release", "invalid_choice": "Choose one of the releases shown"},
    )
    what = PlainText(label="What is corrected?", required=False)
    why = PlainText(label="Why was it wrong?", required=False)

    def __init__(self, data: QueryDict | None = None, *, releases: dict[str, str], corrects: bool) -> None:
        super().__init__(data)
        self.fields["release"].choices = list(releases.items())  # type: ignore[attr-defined]
        texts = [Field.textarea(name, label_size=Size.SMALL, rows=3) for name in ("what", "why") if corrects]
        if not corrects:
            del self.fields["what"], self.fields["why"]
        words = "Prepare the correction" if corrects else "Prepare the edition"
        self.helper.layout = Layout(
            Field.select("release", label_size=Size.SMALL), *texts, Button.primary("send", words)
        )


class AccessForm(WholeForm):
    """A person, what they do, why, and for how long."""

    kind = forms.ChoiceField(
        label="Which list?",
        choices=AccessKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a list"},
    )
    name = one_line("Name", "Enter a name")
    email = forms.EmailField(
        label="Email address",
        help_text="They sign in with a code sent to it.",
        error_messages={"required": "Enter an address", "invalid": "Enter an address such as name@example.org"},
    )
    role = one_line(
        "What they do", "Say what they do", help_text="Published with the name of whoever has pre-release access."
    )
    reason = PlainText(label="Why do they need it?", error_messages={"required": "Say why"})
    hours = forms.IntegerField(
        label="Hours before it comes out",
        help_text="Of pre-release access: 24 at most. The fewer, the better.",
        initial=LONGEST_EARLY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Enter a number of hours", "invalid": "Enter a whole number of hours"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"kind": AccessKind.EARLY})
        self.helper.layout = Layout(
            Field.radios("kind", legend_size=Size.SMALL),
            Field.text("name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("email", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("role", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            Field.text("hours", label_size=Size.SMALL, field_width=Fixed.THREE),
            Button.primary("send", "Put on the list"),
        )
