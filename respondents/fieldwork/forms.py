"""Forms of a wave's life. Each says beside the field what is wrong and how to put it right."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from respondents.fieldwork.drafting import TAKEN_BY_PAGES, require_dates
from respondents.fieldwork.models import Preparation
from respondents.register.models import Board
from respondents.together.forms import ONE_LINE, PlainText, WholeForm
from survey.models import QuestionnaireVersion, Wave
from survey.typed_days import NoSuchDay, typed_day, typed_moment
from survey.working_days import NoSuchMoment, moment_in_england


class LondonMoment(forms.Field):
    """A day and a time on the clocks of England; a time that they skip or show twice is refused with the reason."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- what a form may be given
        """A moment as clocks in England show it, in the words that may be typed."""
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        return f"{date_format(local, 'j F Y')} at {date_format(local, 'H:i')}"

    def to_python(self, value: str | None) -> datetime | None:
        """The moment; ValidationError where there is none, or two."""
        if not value or not value.strip():
            return None
        try:
            return moment_in_england(typed_moment(value))
        except (NoSuchDay, NoSuchMoment) as error:
            raise ValidationError(str(error)) from None


class TypedDay(forms.Field):
    """A day that has come, as people type it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- what a form may be given
        """The day in the words that may be typed."""
        return date_format(value, "j F Y") if isinstance(value, date) else value

    def to_python(self, value: str | None) -> date | None:
        """The day; ValidationError where there is none, or it is still to come."""
        if not value or not value.strip():
            return None
        try:
            day = typed_day(value)
        except NoSuchDay as error:
            raise ValidationError(str(error)) from None
        if day > timezone.localdate():
            raise ValidationError("This day is still to come. Enter the day on which it was agreed")
        return day


class StartForm(WholeForm):
    """What a new wave is called."""

    title = forms.CharField(
        max_length=300,
        validators=[ONE_LINE],
        label="Title",
        help_text="What chairs and readers see, such as “Survey of LSCB chairs, 2013”.",
        error_messages={"required": "Enter the wave’s title"},
    )
    slug = forms.CharField(
        max_length=60,
        required=False,
        label="Short name (optional)",
        help_text="Stands in addresses: small letters, figures and dashes. Made from the title if empty.",
    )
    is_test = forms.TypedChoiceField(
        choices=[("no", "A real wave"), ("yes", "A test wave, for boards you choose; all its data can be deleted")],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
        label="What is it for?",
        help_text="This cannot be changed later.",
        error_messages={"required": "Choose whether it is a real wave or a test"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout = Layout(
            Field.text("title", label_size=Size.SMALL),
            Field.text("slug", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Field.radios("is_test", legend_size=Size.SMALL),
            Button.primary("send", "Start to prepare the wave"),
        )

    def clean(self) -> dict[str, Any]:
        """The short name, made from the title unless it was given; refused where it is taken."""
        cleaned = self.cleaned_data
        slug = cleaned.get("slug") or slugify(cleaned.get("title", ""))[:60].strip("-")
        if slug != slugify(slug):
            suggestion = slugify(slug)
            self.add_error("slug", f"Use small letters, figures and dashes only, such as {suggestion or 'survey-2013'}")
        elif not slug and "title" in cleaned:
            self.add_error("slug", "No short name can be made from this title. Enter one")
        elif slug in TAKEN_BY_PAGES or Wave.objects.filter(slug=slug).exists():
            self.add_error("slug", f"There is a wave called {slug} already. Choose another short name")
        return {**cleaned, "slug": slug}


class QuestionnaireForm(WholeForm):
    """Which published version a wave asks."""

    version = forms.ModelChoiceField(
        QuestionnaireVersion.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        label="Which questionnaire does this wave ask?",
        error_messages={"required": "Choose a questionnaire", "invalid_choice": "Choose one of those shown"},
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave) -> None:
        super().__init__(data, initial={"version": _version_pk(wave)})
        field: Any = self.fields["version"]
        field.queryset = QuestionnaireVersion.objects.defer("document").order_by("code", "-version")
        field.label_from_instance = lambda version: (
            f"{version}: {version.title}, published on {timezone.localdate(version.published_at):%-d %B %Y}"
        )
        self.helper.layout = Layout(
            Field.radios("version", legend_size=Size.SMALL), Button.primary("send", "Use this questionnaire")
        )


def _version_pk(wave: Wave) -> int | None:
    return wave.questionnaire_version.pk if wave.questionnaire_version else None


class FrameForm(WholeForm):
    """Somebody has looked at who is asked; a test wave asks the boards chosen here."""

    boards = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Which boards take part in the test?",
        help_text="Their chairs see the test among their returns, marked “Test”. Nobody is written to by this.",
        error_messages={"required": "Choose at least one board", "invalid_choice": "Choose from the boards shown"},
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave, chosen: list[str]) -> None:
        super().__init__(data, initial={"boards": chosen})
        button = Button.primary("send", "I have checked who is asked")
        if not wave.is_test:
            del self.fields["boards"]
            self.helper.layout = Layout(button)
            return
        field: Any = self.fields["boards"]
        field.required, field.choices = True, list(_takes_part(wave))
        self.helper.layout = Layout(
            Field.checkboxes("boards", legend_size=Size.SMALL, small=True), Button.primary("send", "Ask these boards")
        )


def _takes_part(wave: Wave) -> Iterable[tuple[str, str]]:
    boards = Board.objects.eligible_on(timezone.localdate(wave.opens_at))
    return boards.values_list("slug", "area_name")


class DatesForm(WholeForm):
    """When a wave opens and closes."""

    opens_at = LondonMoment(
        label="Opens",
        help_text="For example, 4 December 2012 at 9:00.",
        error_messages={"required": "Enter when the wave opens"},
    )
    closes_at = LondonMoment(
        label="Closes",
        help_text="For example, 11 January 2013 at 17:00.",
        error_messages={"required": "Enter when the wave closes"},
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave, now: datetime) -> None:
        super().__init__(data, initial={"opens_at": wave.opens_at, "closes_at": wave.closes_at})
        self.now = now
        self.helper.layout = Layout(
            Field.text("opens_at", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Field.text("closes_at", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Button.primary("send", "Set these dates"),
        )

    def clean(self) -> None:
        """A closing time that is still to come and after the opening."""
        opens_at, closes_at = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens_at and closes_at:
            require_dates(opens_at, closes_at, now=self.now)


class SignatureForm(WholeForm):
    """Whether a second person signs."""

    is_wanted = forms.TypedChoiceField(
        choices=[("no", "No, the chair submits alone"), ("yes", "Yes, a second person reads and signs")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        label="Does a second person sign each return?",
        error_messages={"required": "Choose yes or no"},
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave, is_decided: bool) -> None:
        super().__init__(data, initial={"is_wanted": "yes" if wave.needs_signature else "no"} if is_decided else {})
        self.helper.layout = Layout(
            Field.radios("is_wanted", legend_size=Size.SMALL), Button.primary("send", "Keep this decision")
        )


class ApprovalsForm(WholeForm):
    """What is held of the approvals. Everything may be filled in later."""

    star_chamber_reference = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="Star Chamber reference (optional)"
    )
    adcs_reference = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="ADCS reference (optional)"
    )
    burden_minutes = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
        label="Burden: minutes for one return (optional)",
        help_text="Of everybody who takes part in one return, together.",
        error_messages={
            "invalid": "Enter a whole number of minutes, such as 90",
            "min_value": "Enter 1 minute or more, or leave it empty",
            "max_value": "Enter 100,000 minutes or fewer",
        },
    )
    dpia_date = TypedDay(
        required=False,
        label="Data protection impact assessment: date (optional)",
        help_text="For example, 20 January 2012.",
    )
    dpia_owner = forms.CharField(
        max_length=200,
        required=False,
        validators=[ONE_LINE],
        label="Data protection impact assessment: who owns it (optional)",
    )
    privacy_version = forms.CharField(
        max_length=60, required=False, validators=[ONE_LINE], label="Privacy notice: version (optional)"
    )
    privacy_date = TypedDay(
        required=False, label="Privacy notice: date (optional)", help_text="For example, 20 January 2012."
    )

    def __init__(self, data: QueryDict | None = None, *, preparation: Preparation) -> None:
        super().__init__(data, initial={name: getattr(preparation, name) for name in self.base_fields})
        self.helper.layout = Layout(
            *(Field.text(name, label_size=Size.SMALL, field_width=Fluid.ONE_HALF) for name in self.base_fields),
            Button.primary("send", "Save the approvals"),
        )


class ReasonForm(WholeForm):
    """Why something is done."""

    reason = PlainText(label="Reason")

    def __init__(self, data: QueryDict | None = None, *, button: str, missing: str, help_text: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].help_text = help_text
        self.fields["reason"].error_messages["required"] = missing
        self.helper.layout = Layout(
            Field.textarea("reason", rows=4, label_size=Size.SMALL), Button.primary("send", button)
        )


class NoteForm(WholeForm):
    """What was tried before opening."""

    note = PlainText(
        label="What did you try, and what came of it?",
        help_text="Who answered, on which devices, how long it took, what was changed.",
    )

    def __init__(self, data: QueryDict | None = None, *, note: str) -> None:
        super().__init__(data, initial={"note": note})
        self.fields["note"].error_messages["required"] = "Write what you tried and what came of it"
        self.helper.layout = Layout(
            Field.textarea("note", rows=5, label_size=Size.SMALL), Button.primary("send", "Keep this note")
        )


class ExtendForm(WholeForm):
    """Until when, and why."""

    until = LondonMoment(label="New closing time", error_messages={"required": "Enter the new closing time"})
    reason = PlainText(label="Reason", help_text="The people on returns that are not submitted read it in an email.")

    def __init__(self, data: QueryDict | None = None, *, wave: Wave) -> None:
        super().__init__(data, initial={"until": wave.closes_at})
        self.fields["reason"].error_messages["required"] = "Say why there is more time"
        self.helper.layout = Layout(
            Field.text("until", label_size=Size.SMALL, field_width=Fluid.ONE_HALF),
            Field.textarea("reason", rows=4, label_size=Size.SMALL),
            Button.primary("send", "Extend the wave"),
        )


class OpenForm(WholeForm):
    """Nothing but the button."""

    def __init__(self, data: QueryDict | None = None, *, words: str) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.layout = Layout(Button.primary("send", words))


class DeleteForm(WholeForm):
    """Typing the short name shows that this wave is meant."""

    slug = forms.CharField(
        max_length=60, label="Type the wave’s short name", error_messages={"required": "Type the wave’s short name"}
    )

    def __init__(self, data: QueryDict | None = None, *, wave: Wave) -> None:
        super().__init__(data)
        self.wave = wave
        self.helper.layout = Layout(
            Field.text("slug", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            Button.warning("send", "Delete the wave and its data"),
        )

    def clean_slug(self) -> str:
        """The short name of this wave and no other."""
        slug: str = self.cleaned_data["slug"].strip()
        if slug != self.wave.slug:
            raise ValidationError(f"The short name of this wave is {self.wave.slug}. Type it to delete the wave")
        return slug
