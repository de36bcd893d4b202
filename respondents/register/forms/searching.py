"""Forms that narrow the lists of the register."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms

from respondents.register.finding import CHAIRED, ENDED, INTERIM, SEVERAL, VACANT
from respondents.register.forms.fields import REGIONS, TYPES

_ANY = [("", "Any")]
STANDINGS = [
    *_ANY,
    (CHAIRED, "Has a chair"),
    (INTERIM, "Has an interim chair"),
    (SEVERAL, "Chair of several boards"),
    (VACANT, "Vacant"),
    (ENDED, "Board has ended"),
]


class BoardFilterForm(forms.Form):
    """Narrows the list of boards; every field may be left alone."""

    q = forms.CharField(max_length=100, required=False, label="Board, authority or chair")
    authority_type = forms.ChoiceField(choices=[*_ANY, *TYPES], required=False, label="Authority type")
    region = forms.ChoiceField(choices=[*_ANY, *REGIONS], required=False, label="Region")
    standing = forms.ChoiceField(
        choices=STANDINGS,
        required=False,
        label="Chair",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = "#boards"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Boards"}
        self.helper.layout = Layout(
            Field.text("q", label_size=Size.SMALL, field_width=Fluid.FULL),
            Field.select("authority_type", label_size=Size.SMALL),
            Field.select("region", label_size=Size.SMALL),
            Field.select("standing", label_size=Size.SMALL),
            Button.secondary("", "Show these boards"),
        )


class AuthorityFilterForm(forms.Form):
    """Narrows the list of authorities."""

    q = forms.CharField(max_length=100, required=False, label="Name or code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"class": "board-filter", "role": "search", "aria-label": "Authorities"}
        self.helper.layout = Layout(
            Field.text("q", label_size=Size.SMALL, field_width=Fluid.FULL),
            Button.secondary("", "Show these authorities"),
        )
