"""Who chairs each board of a wave, for staff."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from respondents.portal.pages.place import place_of
from respondents.returns.models import Return
from respondents.together.access import chairs_in
from respondents.together.pages.people import FormPage
from survey.models import Wave


@dataclass(frozen=True)
class ChairRow:
    """One board and who chairs it today."""

    board: str
    chairs: str
    url: str


@dataclass(frozen=True)
class ChairsPage:
    """The boards of a wave."""

    wave: str
    rows: tuple[ChairRow, ...]
    back_url: str


def chairs_page(wave: Wave, *, now: datetime) -> ChairsPage:
    """Every board of the wave in order of its name."""
    return ChairsPage(
        wave=wave.title,
        rows=tuple(
            ChairRow(str(found.board), ", ".join(chairs), reverse("succession:replace", args=[wave.slug, found.pk]))
            for found, chairs in chairs_in(wave, now=now)
        ),
        back_url=reverse("monitoring:wave", args=[wave.slug]),
    )


def staff_form_page(found: Return, *, now: datetime) -> FormPage:
    """What stands around the form that names a new chair."""
    return FormPage(
        place=place_of(found, now=now),
        title=f"New chair of {found.board}",
        lead="The new chair takes over the return as it stands. Both are told by email, with the reason.",
        back_url=reverse("succession:chairs", args=[found.wave.slug]),
        back_words="Chairs",
    )
