"""What forms of respondents and analysis are made of: nothing that was not asked; texts scanned as answers are."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.template.loader import get_template

from respondents.portal.forms import AS_IT_IS, SHOWN_PASSAGE
from respondents.portal.held import SENT, HeldText, held_notice, hold
from survey.schema.answers import InvalidAnswer, parse, raw
from survey.schema.document import Item

ONE_LINE = RegexValidator(
    r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*$", "Use letters and spaces only"
)
_TEXT = Item(code="text", question_code="text", label="Text", short="Text", kind="text")


class PlainText(forms.Field):
    """Text in a person's own words, cleaned as an answer is; blank is refused with the sentence given."""

    widget = forms.Textarea

    def item(self, name: str) -> Item:
        """The text as a scan knows it."""
        label = str(self.label or name)
        return _TEXT.model_copy(update={"code": name, "label": label, "short": label.removesuffix(" (optional)")})

    def clean(self, value: str | None) -> str:
        """The text to keep."""
        try:
            text = raw(_TEXT, parse(_TEXT, value or ""))
        except InvalidAnswer as error:
            raise ValidationError(error.message) from None
        if not text and self.required:
            raise ValidationError(self.error_messages["required"])
        return str(text)


class HeldBlock(LayoutObject):  # type: ignore[misc]  # crispy ships no types
    """What a scan found in the texts of a form, above its fields and inside it."""

    def __init__(self, held: Sequence[HeldText]) -> None:
        self.notice = held_notice(held, SENT)
        self.fields: list[str] = []

    def render(self, form: forms.Form, context: object, template_pack: str = "gds", **_: Any) -> str:
        """The notice as HTML."""
        return get_template("respondents/held.html").render({"held": self.notice})


class WholeForm(forms.Form):
    """A form that is what it was when it was sent out; one with more in it is refused.

    Its texts are scanned as answers are: where something may point to a person, the form is not valid until they have
    been shown it once.
    """

    button = "send"

    def __init__(self, data: QueryDict | None = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.helper = FormHelper()
        self.held: tuple[HeldText, ...] = ()

    def full_clean(self) -> None:
        """Reads what was sent; BadRequest for anything that was not asked."""
        asked = {*self.fields, self.button, "csrfmiddlewaretoken", AS_IT_IS, SHOWN_PASSAGE}
        if self.is_bound and set(self.data) - asked:
            raise BadRequest("A field was sent that the form does not have.")
        super().full_clean()
        if self.is_bound and not self.errors and AS_IT_IS not in self.data:
            self._hold()

    def is_valid(self) -> bool:
        """Whether everything is right, and nothing has to be looked at first."""
        return super().is_valid() and not self.held

    @property
    def before(self) -> str:
        """What a screen reader says first when the page comes back with a text to look at."""
        return "Look at a text before it is sent: " if self.held else ""

    def _hold(self) -> None:
        shown = frozenset(self.data.getlist(SHOWN_PASSAGE) if isinstance(self.data, QueryDict) else ())
        texts = {name: field for name, field in self.fields.items() if isinstance(field, PlainText)}
        found = (hold(field.item(name), self.cleaned_data[name], None, shown) for name, field in texts.items())
        self.held = tuple(each for each in found if each)
        if self.held:
            self.helper.layout.insert(0, HeldBlock(self.held))


class ReasonForm(WholeForm):
    """Why something is done; `missing` is told where no reason is given."""

    reason = PlainText(label="Reason")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        button: str,
        missing: str,
        label: str = "Reason",
        help_text: str = "",
        rows: int = 4,
        is_warning: bool = False,
    ) -> None:
        super().__init__(data)
        field = self.fields["reason"]
        field.label, field.help_text, field.error_messages["required"] = label, help_text, missing
        made = Button.warning if is_warning else Button.primary
        self.helper.layout = Layout(
            Field.textarea("reason", rows=rows, label_size=Size.SMALL), made(self.button, button)
        )


class KeyedForm(WholeForm):
    """A form that is told from every other one, also from itself in another window."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.initial.setdefault("key", uuid.uuid4())

    def clean(self) -> None:
        """Without its key the form cannot be told from another."""
        if "key" in self.errors:
            raise BadRequest("The form's key did not arrive.")

    def lay_out(self, *fields: Field, button: Button) -> FormHelper:
        """How the form is laid out, with its key beside the fields."""
        self.helper.layout = Layout(*fields, "key", button)
        return self.helper
