"""The search of the codebook."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict


class FindForm(forms.Form):
    """Words of a column: in its name, its question, its item or the labels of its codes."""

    find = forms.CharField(
        label="Find a column",
        help_text="Words of its name, its question or a label, such as “threshold police”.",
        required=False,
        max_length=100,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.attrs = {"role": "search", "aria-label": "Find a column"}
        field = Field.text("find", label_size=Size.SMALL, field_width=Fluid.ONE_HALF)
        self.helper.layout = Layout(field, Button.secondary("", "Find"))

    @property
    def words(self) -> str:
        """What is looked for; nothing where nothing was sent or too much."""
        return self.cleaned_data["find"].strip() if self.is_bound and self.is_valid() else ""
