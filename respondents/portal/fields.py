"""Form fields made from items: they read what was sent and leave every judgement to the questionnaire's own parser."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from respondents.portal.asking import DATE_PARTS, refuses
from respondents.portal.controls import Raw
from survey.schema.answers import SEPARATOR, InvalidAnswer, Value, parse
from survey.schema.codes import REFUSED_RAW
from survey.schema.document import Item, ItemKind

BASE = "base-version"  # with a dash, so that it can be no item's code
MAX_VERSION = 2_147_483_647
BOTH = "You have written an answer and ticked “I do not want to answer”. Take one of them away."
NOT_WHOLE = "This page did not arrive whole, so nothing was saved. Check what you have answered and save it again."


class Sender(forms.Widget):
    """Reads the words sent for one item; how it looks is the templates' business."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Raw:  # noqa: ANN401 -- Django's own
        return str(data.get(name, ""))


class SeveralSender(Sender):
    """Reads all options that were ticked; several in one word are parted."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Raw:  # noqa: ANN401 -- Django's own
        words = data.getlist(name) if isinstance(data, MultiValueDict) else []
        return [part for word in words for part in word.split(SEPARATOR) if part.strip()]


class TypedSender(Sender):
    """Reads what was typed; where nothing was, whether the box beside it that refuses was ticked."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Raw:  # noqa: ANN401 -- Django's own
        words = self.typed(data, name)
        return [REFUSED_RAW] if refuses(name) in data and not words.strip() else words

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ANN401
        return name not in data and refuses(name) not in data

    def typed(self, data: Mapping[str, Any], name: str) -> str:
        """The words in the box."""
        return str(data.get(name, ""))


class DateSender(TypedSender):
    """Reads day, month and year from three boxes, or a whole date."""

    def typed(self, data: Mapping[str, Any], name: str) -> str:
        """The date, however incomplete it is."""
        if name in data:
            return str(data[name])
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part, _, _ in DATE_PARTS)
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}" if day or month or year else ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ANN401
        has_part = any(f"{name}-{part}" in data for part, _, _ in DATE_PARTS)
        return super().value_omitted_from_data(data, files, name) and not has_part


_SENDERS: Mapping[ItemKind, type[Sender]] = {
    "multiple": SeveralSender,
    "text": TypedSender,
    "number": TypedSender,
    "date": DateSender,
}


class AnswerField(forms.Field):
    """The answer to one item; blank is allowed, always."""

    widget: Sender

    def __init__(self, item: Item) -> None:
        super().__init__(required=False, widget=_SENDERS.get(item.kind, Sender), label=item.label)
        self.item = item

    def clean(self, value: Raw) -> Value:
        """The value to store, or a ValidationError in words for the person."""
        try:
            return parse(self.item, value)
        except InvalidAnswer as error:
            raise ValidationError(_in_words(self.item, error)) from None


def _in_words(item: Item, error: InvalidAnswer) -> str:
    if error.allowed:
        return f"Choose one of the answers shown for “{item.short}”."
    if item.kind == "date":
        return "Enter a real date, such as 23 2 2012."
    return error.message


class VersionField(forms.IntegerField):
    """The version of the return that the person was looking at; it travels with the form."""

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=MAX_VERSION, widget=forms.HiddenInput)


class VersionMixin(forms.Form):
    """A form that says which version of the return the person was looking at."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields[BASE] = VersionField()

    @property
    def version(self) -> int:
        """That version."""
        version: int = self.cleaned_data[BASE]
        return version


class TabKeyField(forms.RegexField):
    """The key that an opened page made up for itself; only pages that run scripts send one."""

    def __init__(self) -> None:
        super().__init__(r"^[0-9a-f]{16,36}$", required=False, widget=forms.HiddenInput)


class SequenceField(forms.IntegerField):
    """How manieth thing the opened page sends."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=MAX_VERSION, required=False, widget=forms.HiddenInput)
