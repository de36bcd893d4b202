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


class BoardFilterForm(forms.Form):
    """Narrows a list of boards by type, region and what a room adds; every field may be left alone."""

    authority_type = forms.ChoiceField(choices=[*ANY, *TYPES], required=False, label="Authority type")
    region = forms.ChoiceField(choices=[*ANY, *REGIONS], required=False, label="Region")
    field_order: Iterable[str] | None
    action = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = self.action
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Boards"}
        self.helper.layout = Layout(*map(self._laid_out, self.fields), Button.secondary("", "Show these boards"))

    def _laid_out(self, name: str) -> Field:
        if isinstance(self.fields[name], forms.ChoiceField):
            return Field.select(name, label_size=Size.SMALL)
        return Field.text(name, label_size=Size.SMALL, field_width=Fluid.FULL)
