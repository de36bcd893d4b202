"""Forms of the register: what is looked for, and what is corrected."""

import re
from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format

from respondents.register.checking import GSS_CODE, SLUG
from respondents.register.finding import CHAIRED, ENDED, VACANT
from respondents.register.history import Value
from respondents.register.models import Appointment, AppointmentKind, Authority, AuthorityType, Board, Region
from respondents.register.succeeding import Successor
from respondents.tabular.guarding import guarded
from respondents.together.forms import ONE_LINE, WholeForm
from survey.typed_days import NoSuchDay, typed_day

TYPES = [(kind, kind) for kind in AuthorityType.values]
REGIONS = [(region, region) for region in Region.values]
_ANY = [("", "Any")]


def require_plain(text: str) -> None:
    """A name is no mark-up and no formula."""
    if "<" in text or ">" in text or guarded(text) != text:
        raise ValidationError("Write the name as plain text, without signs such as < or =")


def name_field(label: str, length: int, **rest: Any) -> forms.CharField:
    """A name on one line."""
    errors = {"required": f"Enter {label[0].lower()}{label[1:]}"}
    return forms.CharField(
        label=label, max_length=length, validators=[ONE_LINE, require_plain], error_messages=errors, **rest
    )


class Day(forms.Field):
    """A day as people type it, past or to come."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- what a form may be given
        """The day in the words that may be typed."""
        return date_format(value, "j F Y") if isinstance(value, date) else value

    def to_python(self, value: str | None) -> date | None:
        """The day; ValidationError where there is none."""
        if not value or not value.strip():
            return None
        try:
            return typed_day(value)
        except NoSuchDay as error:
            raise ValidationError(str(error)) from None


def day_field(label: str, *, required: bool = True, help_text: str = "Such as 1 April 2012.") -> Day:
    """A day, typed."""
    errors = {"required": f"{label}: enter a day"}
    return Day(label=label, required=required, help_text=help_text, error_messages=errors)


def choice_field(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """One of a few."""
    errors = {"required": f"Choose {label[0].lower()}{label[1:]}", "invalid_choice": "Choose one of those shown"}
    return forms.ChoiceField(label=label, choices=choices, error_messages=errors)


def reason_field() -> forms.CharField:
    """Why something is changed."""
    return forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Kept in the history.",
        error_messages={"required": "Say why, in a few words"},
    )


class BoardFilterForm(forms.Form):
    """Narrows the list of boards; every field may be left alone."""

    q = forms.CharField(max_length=100, required=False, label="Board, authority or chair")
    authority_type = forms.ChoiceField(choices=[*_ANY, *TYPES], required=False, label="Authority type")
    region = forms.ChoiceField(choices=[*_ANY, *REGIONS], required=False, label="Region")
    standing = forms.ChoiceField(
        choices=[*_ANY, (CHAIRED, "Has a chair"), (VACANT, "Vacant"), (ENDED, "Board has ended")],
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
        fields = [_field(self, name) for name in (*names, "started_on", "ended_on", "reason")]
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
        self.helper.layout.insert(0, _field(self, "slug"))

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
        self.helper.layout.insert(0, _field(self, "gss_code"))


class ChairForm(WholeForm):
    """A person’s name and the address they sign in with."""

    name = name_field("Full name", 200)
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "required": "Enter the person’s email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
    )

    def clean_email(self) -> str:
        """As it is kept."""
        return str(self.cleaned_data["email"]).lower()


class PersonForm(ChairForm):
    """The same with the reason."""

    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        names = ("name", "email", "reason")
        self.helper.layout = Layout(
            *(_field(self, name) for name in names), Button.primary("send", "Save name and address")
        )


class AppointForm(ChairForm):
    """Who chairs the board from when, and in what capacity."""

    kind = choice_field("Capacity", list(AppointmentKind.choices))
    from_date = day_field("First day")
    until_date = day_field("Last day", required=False, help_text="Leave it empty if it is not known yet.")
    ends_others = forms.BooleanField(
        label="Whoever chairs the board now stops the day before",
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"from_date": today, "ends_others": True})
        self.helper.layout = Layout(
            *(_field(self, name) for name in ("name", "email", "kind", "from_date", "until_date")),
            Field.checkbox("ends_others", small=True),
            Button.primary("send", "Appoint"),
        )

    def clean_until_date(self) -> date | None:
        """Not before the first."""
        return _not_before(self.cleaned_data["until_date"], self.cleaned_data.get("from_date"))


class EndForm(WholeForm):
    """The last day of an appointment."""

    until_date = day_field("Last day")
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"until_date": today})
        self.helper.layout = Layout(
            _field(self, "until_date"), _field(self, "reason"), Button.warning("send", "End the appointment")
        )


class CorrectForm(WholeForm):
    """What an appointment should have said."""

    kind = choice_field("Capacity", list(AppointmentKind.choices))
    from_date = day_field("First day")
    until_date = day_field("Last day", required=False, help_text="Leave it empty if it is not known yet.")
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment) -> None:
        names = ("kind", "from_date", "until_date")
        super().__init__(data, initial={name: getattr(appointment, name) for name in names})
        self.helper.layout = Layout(
            *(_field(self, name) for name in (*names, "reason")), Button.primary("send", "Save the appointment")
        )

    def clean_until_date(self) -> date | None:
        """Not before the first."""
        return _not_before(self.cleaned_data["until_date"], self.cleaned_data.get("from_date"))


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
            *(_field(self, name) for name in names), Button.warning("send", "Record the succession")
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


def _not_before(last: date | None, first: date | None) -> date | None:
    if last and first and last < first:
        raise ValidationError("The last day is before the first")
    return last


def _initial_board(board: Board) -> dict[str, object]:
    names = ("name", "area_name", "authority_type", "region", "started_on", "ended_on")
    codes = board.coverage.order_by("position").values_list("authority__gss_code", flat=True)
    return {**{name: getattr(board, name) for name in names}, "authorities": "; ".join(codes)}


def _field(form: forms.Form, name: str) -> Field:
    """How a field is laid out, by its kind."""
    kind = form.fields[name]
    if isinstance(kind, forms.ChoiceField | forms.ModelChoiceField):
        return Field.select(name, label_size=Size.SMALL)
    if isinstance(kind, Day):
        return Field.text(name, label_size=Size.SMALL, field_width=Fluid.ONE_THIRD)
    if isinstance(kind.widget, forms.Textarea):
        return Field.textarea(name, rows=3, label_size=Size.SMALL)
    return Field.text(name, label_size=Size.SMALL, field_width=Fluid.FULL)
