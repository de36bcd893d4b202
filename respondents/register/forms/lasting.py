"""Forms for boards and authorities: what they are called, where they are, and from when until when."""

import re
from datetime import date

from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from respondents.filter_forms import REGIONS, TYPES
from respondents.register.checking import GSS_CODE, SLUG
from respondents.register.forms.fields import choice_field, day_field, laid_out, name_field, reason_field
from respondents.register.history import Value
from respondents.register.models import Authority, Board
from respondents.whole_forms import WholeForm


class LastingForm(WholeForm):
    """A row of the register with its strata and days."""

    authority_type = choice_field("Authority type", TYPES)
    region = choice_field("Region", REGIONS)
    started_on = day_field("First day", required=False, help_text="Leave it empty if it has always been there.")
    ended_on = day_field(
        "Day it ended", required=False, help_text="The first day without it. Frames from that day on leave it out."
    )
    reason = reason_field()

    def lay_out(self, *names: str, words: str) -> None:
        """One column of fields and a button."""
        fields = [laid_out(self, name) for name in (*names, "started_on", "ended_on", "reason")]
        self.helper.layout = Layout(*fields, Button.primary("send", words))

    def clean_ended_on(self) -> date | None:
        """Later than the first day."""
        ended: date | None = self.cleaned_data["ended_on"]
        begun = self.cleaned_data.get("started_on")
        if ended and begun and ended <= begun:
            raise ValidationError("The day it ended must be after its first day")
        return ended

    @property
    def values(self) -> dict[str, Value]:
        """The fields as the register keeps them."""
        plain = {name: value for name, value in self.cleaned_data.items() if name not in {"reason", "slug", "gss_code"}}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


class BoardForm(LastingForm):
    """What a board is called, where it is, and which authorities it covers."""

    name = name_field("Name", 200)
    area_name = name_field("Area", 120)
    authorities = forms.CharField(
        label="Authorities it covers",
        max_length=2000,
        help_text="ONS codes with a semicolon between them, the lead authority first.",
        error_messages={"required": "Enter the code of at least one authority"},
    )

    def __init__(self, data: QueryDict | None = None, *, board: Board | None = None) -> None:
        super().__init__(data, initial=_initial_board(board) if board else {})
        self.fields["authorities"].required = not (board and board.ended_on)
        self.lay_out("name", "area_name", "authorities", "authority_type", "region", words="Save the board")

    def clean_authorities(self) -> list[str]:
        """The codes, each in its form."""
        codes = [code for code in re.split(r"[;,\s]+", self.cleaned_data["authorities"].upper()) if code]
        if wrong := [code for code in codes if not re.fullmatch(GSS_CODE, code)]:
            raise ValidationError(f"“{wrong[0]}” is not an ONS code such as E09000003")
        return codes


class NewBoardForm(BoardForm):
    """The same, with the board's short name."""

    slug = forms.CharField(
        label="Short name",
        max_length=80,
        help_text="Small letters, figures and dashes, such as barnet. It stays for ever.",
        error_messages={"required": "Enter a short name"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout.insert(0, laid_out(self, "slug"))

    def clean_slug(self) -> str:
        """Fit for an address."""
        slug: str = self.cleaned_data["slug"]
        if slug == "new" or not re.fullmatch(SLUG, slug):
            raise ValidationError("Use small letters, figures and single dashes, such as derby-and-derbyshire")
        return slug


class AuthorityForm(LastingForm):
    """What an authority is called, its type and where it is."""

    name = name_field("Name", 100)

    def __init__(self, data: QueryDict | None = None, *, authority: Authority | None = None) -> None:
        names = ("name", "authority_type", "region", "started_on", "ended_on")
        super().__init__(data, initial={name: getattr(authority, name) for name in names} if authority else {})
        self.lay_out("name", "authority_type", "region", words="Save the authority")


class NewAuthorityForm(AuthorityForm):
    """The same, with its code."""

    gss_code = forms.RegexField(
        rf"^{GSS_CODE}$",
        label="ONS code",
        error_messages={"required": "Enter the ONS code", "invalid": "Enter an ONS code such as E09000003"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper.layout.insert(0, laid_out(self, "gss_code"))


def _initial_board(board: Board) -> dict[str, object]:
    names = ("name", "area_name", "authority_type", "region", "started_on", "ended_on")
    codes = board.coverage.order_by("position").values_list("authority__gss_code", flat=True)
    return {**{name: getattr(board, name) for name in names}, "authorities": "; ".join(codes)}
