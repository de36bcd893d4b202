"""The filter above a list of boards."""

from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms

from respondents.register.models import AuthorityType, Region

ANY = [("", "Any")]
TYPES = [(kind, kind) for kind in AuthorityType.values]
REGIONS = [(region, region) for region in Region.values]


class FilterForm(forms.Form):
    """Narrows a list; every field may be left alone. Its fields stand beside each other, above the list."""

    field_order: Iterable[str] | None
    action = ""
    what = "Boards"
    button = "Show these boards"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = self.action
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": self.what}
        self.helper.layout = Layout(*map(self._laid_out, self.fields), Button.secondary("", self.button))

    def _laid_out(self, name: str) -> Field:
        if isinstance(self.fields[name], forms.ChoiceField):
            return Field.select(name, label_size=Size.SMALL)
        return Field.text(name, label_size=Size.SMALL, field_width=Fluid.FULL)

    @property
    def wanted(self) -> dict[str, Any]:
        """What is asked for; nothing where a field holds what cannot be asked for."""
        return self.cleaned_data if self.is_valid() else {}


class BoardFilterForm(FilterForm):
    """Narrows a list of boards by type, region and what a room adds."""

    authority_type = forms.ChoiceField(choices=[*ANY, *TYPES], required=False, label="Authority type")
    region = forms.ChoiceField(choices=[*ANY, *REGIONS], required=False, label="Region")


class NamedForm(FilterForm):
    """Finds boards of a list by a name."""

    name = forms.CharField(max_length=100, required=False, label="Board")

    @property
    def name_wanted(self) -> str:
        """The name that is looked for, ready to be compared; nothing where all boards are wanted."""
        return str(self.wanted.get("name", "")).strip().casefold()
