"""Forms that change what a wave is: opened, open for longer, deleted."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.typed_fields import LondonMoment
from respondents.whole_forms import PlainText, WholeForm
from survey.models import Wave


class ExtendWaveForm(WholeForm):
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
