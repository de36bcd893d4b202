"""What a question on the screen is made of, ready to be placed by the templates."""

from dataclasses import dataclass

from survey.schema.answers import Value

Raw = str | list[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the controls of one item hold, the saved answer beside it, and what is said or offered with them."""

    raw: Raw
    saved: Value
    error: str = ""
    may_decline: bool = False
    warning: str = ""
    copied_from: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio or checkbox."""

    id: str
    value: str
    label: str
    checked: bool
    apart: bool = False
    alone: bool = False
    begins_alone: bool = False
    reveals: "Control | None" = None


@dataclass(frozen=True, slots=True)
class Control:
    """One item on the screen. Its first control has the id that an error links to."""

    id: str
    name: str
    label: str
    hint: str
    error: str
    raw: Raw
    choices: tuple[Choice | None, ...] = ()
    condition: str = ""
    described_by: str = ""
    warning: str = ""
    copied_from: str = ""
    parts: "tuple[Part, ...]" = ()
    refusal: "Refusal | None" = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The box beside a typed answer with which it is refused."""

    id: str
    name: str
    label: str
    checked: bool
    is_offered: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Day, month or year of a date."""

    id: str
    name: str
    label: str
    value: str
    size: int


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one column of a battery."""

    label: str
    apart: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question on the screen; the heading of the page is its wording when it stands alone."""

    code: str
    template: str
    wording: str
    hint: str
    is_heading: bool
    controls: tuple[Control, ...]
    columns: tuple[Column, ...] = ()

    @property
    def control(self) -> Control:
        """The only item of a question that is no battery."""
        return self.controls[0]
