"""The house style of a department: its name, its logo, its two colours, and who is to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from typing import Literal

from analysis.core.contrast import COLOUR, TEXT, WHITE, contrast

MAIN, ACCENT = "#12436D", WHITE
Kind = Literal["png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked at and written anew; its measures are in pixels, `words` say what it shows."""

    content: bytes
    kind: Kind
    width: int
    height: int
    digest: str
    words: str = ""

    @property
    def name(self) -> str:
        """What it is called as a file."""
        return f"picture-{self.digest[:16]}.{self.kind}"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How what is published looks, and whom it names. Number 0 is the look that the product comes with.

    The main colour stands on white, and the accent on the main colour, nowhere else. ValueError for what is no colour.
    """

    number: int = 0
    department: str = ""
    publisher: str = ""
    contact: str = ""
    main: str = MAIN
    accent: str = ACCENT
    logo: Picture | None = None

    def __post_init__(self) -> None:
        for colour in (self.main, self.accent):
            if not COLOUR.fullmatch(colour):
                raise ValueError(f"{colour!r} is no colour like #12436D.")

    @property
    def imprint(self) -> str:
        """Who published it and whom to ask, as sentences; nothing where nobody is named."""
        by = self.publisher or self.department
        said = (f"Published by {by}." if by else "", f"Questions to {self.contact}." if self.contact else "")
        return " ".join(filter(None, said))


PLAIN = HouseStyle()


def colour_problems(main: str, accent: str) -> Iterator[tuple[str, str]]:
    """Yield the field and a sentence for each colour that would not be read where it is used."""
    if contrast(main, WHITE) < TEXT:
        yield "main", _sentence(main, WHITE, "white, on which headings and rules stand", "Choose a darker colour")
    if contrast(accent, main) < TEXT:
        words = f"{main}, on which the department’s name stands"
        yield (
            "accent",
            _sentence(accent, main, words, "Choose one that differs more, such as white"),
        )


def _sentence(colour: str, ground: str, words: str, way_out: str) -> str:
    """The ratio is cut, never rounded up to what is needed."""
    found = floor(contrast(colour, ground) * 100) / 100
    return f"{colour} has a contrast of {found:.2f} to 1 against {words}; {TEXT} to 1 is needed. {way_out}"
