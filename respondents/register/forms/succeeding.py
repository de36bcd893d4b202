"""The form for authorities that are merged or split."""

import re
from datetime import date

from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.filter_forms import REGIONS, TYPES
from respondents.register.checking import GSS_CODE
from respondents.register.forms.fields import choice_field, day_field, laid_out, reason_field, require_plain
from respondents.register.models import Authority, Board
from respondents.register.succeeding import Successor
from respondents.whole_forms import WholeForm


class SuccessionForm(WholeForm):
    """Which authorities follow which, from when, and which board covers them."""

    predecessors = forms.CharField(
        label="Authorities that end",
        max_length=2000,
        help_text="ONS codes with a semicolon between them.",
        error_messages={"required": "Enter the code of at least one authority"},
    )
    successors = forms.CharField(
        label="Authorities that follow",
        max_length=4000,
        widget=forms.Textarea,
        help_text="One on each line: ONS code, then the name, such as E06000058 Bournemouth, Christchurch and Poole.",
        error_messages={"required": "Enter at least one code"},
    )
    authority_type = choice_field("Authority type of those that follow", TYPES)
    region = choice_field("Region of those that follow", REGIONS)
    board = forms.ModelChoiceField(
        Board.objects.none(),
        label="Board that covers them from then on",
        empty_label=None,
        to_field_name="slug",
        error_messages={"required": "Choose a board", "invalid_choice": "Choose one of those shown"},
    )
    on_date = day_field("From")
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, authority: Authority, today: date) -> None:
        initial = {"predecessors": authority.gss_code, "on_date": today}
        initial |= {"authority_type": authority.authority_type, "region": authority.region}
        super().__init__(data, initial=initial)
        boards = Board.objects.exclude(ended_on__lte=today).order_by("area_name")
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]
        self.initial["board"] = boards.filter(coverage__authority=authority).values_list("slug", flat=True).first()
        names = ("predecessors", "successors", "authority_type", "region", "board", "on_date", "reason")
        self.helper.layout = Layout(
            *(laid_out(self, name) for name in names), Button.warning("send", "Record the succession")
        )

    def clean_predecessors(self) -> list[str]:
        """The codes."""
        return [code for code in re.split(r"[;,\s]+", self.cleaned_data["predecessors"].upper()) if code]

    def clean_successors(self) -> list[Successor]:
        """Each with its code and name."""
        found = []
        for line in self.cleaned_data["successors"].splitlines():
            code, _, name = line.strip().partition(" ")
            if not code:
                continue
            if not re.fullmatch(GSS_CODE, code):
                raise ValidationError(f"“{code}” is not an ONS code such as E06000058")
            require_plain(name)
            kind, region = self.data.get("authority_type", ""), self.data.get("region", "")
            found.append(Successor(code, name.strip()[:100], kind, region))
        return found
