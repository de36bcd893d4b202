"""What the page of a report's pictures says."""

from dataclasses import dataclass

from analysis.outputs.house_places import picture_address
from analysis.templating.models import ReportPicture
from analysis.templating.pages import address
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Shown:
    """One picture, what it shows, and the line that asks for it."""

    asked_by: str
    words: str
    title: str
    size: str
    added: str
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class PicturesPage:
    """Every picture that counts."""

    wave: Wave
    pictures: tuple[Shown, ...]
    edit_url: str


def pictures_page(wave: Wave) -> PicturesPage:
    """The latest picture of each name, in the order of names."""
    rows = ReportPicture.objects.filter(wave=wave).select_related("picture", "added_by").defer("picture__content")
    latest = {row.name: row for row in rows.order_by("pk")}
    return PicturesPage(wave, tuple(_shown(latest[name]) for name in sorted(latest)), address("edit", wave))


def _shown(row: ReportPicture) -> Shown:
    return Shown(
        asked_by=f"::: picture {row.name}",
        words=row.words,
        title=row.title,
        size=f"{row.picture.width} × {row.picture.height} pixels",
        added=f"Added by {row.added_by} on {moment_in_words(row.added_at)}",
        url=picture_address(row.picture.digest),
        width=row.picture.width,
        height=row.picture.height,
    )
