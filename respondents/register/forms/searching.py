"""Forms that narrow the lists of the register."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms

from respondents.filter_forms import ANY, BoardFilterForm
from respondents.register.finding import CHAIRED, ENDED, INTERIM, SEVERAL, VACANT

STANDINGS = [
    *ANY,
    (CHAIRED, "Has a chair"),
    (INTERIM, "Has an interim chair"),
    (SEVERAL, "Chair of several boards"),
    (VACANT, "Vacant"),
    (ENDED, "Board has ended"),
]


class StandingFilterForm(BoardFilterForm):
    """Narrows the list of boards."""

    q = forms.CharField(max_length=100, required=False, label="Board, authority or chair")
    standing = forms.ChoiceField(choices=STANDINGS, required=False, label="Chair")
    field_order = ("q", "authority_type", "region", "standing")
    action = "#boards"


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
