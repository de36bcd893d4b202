"""What the pages of the house style say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from analysis.core.house_style import HouseStyle, Picture
from analysis.house_style.models import HouseStyleVersion
from analysis.outputs.drawing import lines_of
from analysis.outputs.house_places import picture_address
from survey.moments import moment_in_words

NOTHING = "None"
NOT_SET = "Nothing was set yet: this is the plain look."
BOTTOM = 158  # of the coloured field
COVER_WIDTH = 150  # of the drawing, between its margins; the sheet is 210 by 297 of the same


@dataclass(frozen=True)
class Line:
    """One line of words on the drawn cover, and how far down it stands."""

    text: str
    y: float


@dataclass(frozen=True)
class Drawn:
    """The cover, drawn small: `top` is where the coloured field begins, `rule` the line under the department's name."""

    house: HouseStyle
    said: str
    top: int
    height: int
    department: tuple[Line, ...]
    rule: float
    title: float
    subtitle: float
    imprint: tuple[Line, ...]
    logo_url: str


@dataclass(frozen=True)
class Fact:
    """What one version says about one thing."""

    name: str
    words: str


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    number: int
    made: str
    department: str
    publisher: str
    contact: str
    main: str
    accent: str
    logo: str


@dataclass(frozen=True)
class HousePage:
    """The house style that stands, and those before it."""

    said: str
    facts: tuple[Fact, ...]
    cover: Drawn
    versions: tuple[VersionLine, ...]
    change_url: str


@dataclass(frozen=True)
class ChangePage:
    """What is sent where, and the cover as it would look."""

    cover: Drawn | None
    logo_url: str
    save_url: str
    preview_url: str
    back_url: str


def house_page(house: HouseStyle, versions: Iterable[HouseStyleVersion]) -> HousePage:
    """Everything that the latest version says."""
    lines = tuple(map(_line, versions))
    return HousePage(
        said=f"Version {lines[0].number}. {lines[0].made}." if lines else NOT_SET,
        facts=tuple(_facts(house)),
        cover=drawn(house),
        versions=lines,
        change_url=reverse("house_style:change"),
    )


def change_page(cover: HouseStyle | None, *, kept: str) -> ChangePage:
    """The page with the form; `kept` is the digest of the logo that goes with it."""
    return ChangePage(
        cover=drawn(cover) if cover else None,
        logo_url=picture_address(kept) if kept else "",
        save_url=reverse("house_style:change"),
        preview_url=reverse("house_style:preview"),
        back_url=reverse("house_style:page"),
    )


def drawn(house: HouseStyle) -> Drawn:
    """The cover of a report in this style."""
    top = 42 if house.logo else 0
    department = _lines(house.department, first=top + 24, size=6.5, apart=8)
    rule = department[-1].y + 4 if department else 0
    title = max(top + 62, rule + 22)
    return Drawn(
        house=house,
        said=_said(house),
        top=top,
        height=BOTTOM - top,
        department=department,
        rule=rule,
        title=title,
        subtitle=title + 14,
        imprint=_lines(house.imprint, first=262, size=4.5, apart=6),
        logo_url=picture_address(house.logo.digest) if house.logo else "",
    )


def _lines(text: str, *, first: float, size: float, apart: float) -> tuple[Line, ...]:
    lines = lines_of(text, width=COVER_WIDTH, size=size)
    return tuple(Line(line, first + apart * place) for place, line in enumerate(lines))


def _said(house: HouseStyle) -> str:
    """The drawing in words."""
    by = f", with the name {house.department} in {house.accent}" if house.department else ""
    logo = f" The logo stands above it on white: {house.logo.words}." if house.logo else ""
    return f"A cover: a field of {house.main}{by} and a title in white.{logo}"


def _facts(house: HouseStyle) -> Iterable[Fact]:
    yield Fact("Department", house.department or NOTHING)
    yield Fact("Publisher", house.publisher or NOTHING)
    yield Fact("Contact", house.contact or NOTHING)
    yield Fact("Main colour", house.main)
    yield Fact("Accent", house.accent)
    yield Fact("Logo", _logo(house.logo))


def _logo(logo: Picture | None) -> str:
    return f"“{logo.words}”, {logo.width} × {logo.height} pixels" if logo else NOTHING


def _line(version: HouseStyleVersion) -> VersionLine:
    return VersionLine(
        number=version.number,
        made=f"Saved by {version.changed_by} on {moment_in_words(version.changed_at)}",
        department=version.department or NOTHING,
        publisher=version.publisher or NOTHING,
        contact=version.contact or NOTHING,
        main=version.main,
        accent=version.accent,
        logo=version.logo_words or NOTHING,
    )
