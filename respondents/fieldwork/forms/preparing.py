"""Forms that prepare a wave: what it is called and asks, whom, when, and whether it is signed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify

from respondents.fieldwork.drafting import TAKEN_BY_PAGES, require_dates
from respondents.register.models import Board
from respondents.typed_fields import LondonMoment
from respondents.whole_forms import ONE_LINE, WholeForm
from survey.models import QuestionnaireVersion, Wave


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
