"""Who chairs each board of a wave, for staff."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from respondents.form_pages import FormPage
from respondents.helping.pages.forms import help_page
from respondents.returns.models import Return
from respondents.together.access import chairs_in
from survey.counting import counted
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

    wave: Wave
    lead: str
    shown: str
    rows: tuple[ChairRow, ...]


def chairs_page(wave: Wave, *, name: str = "", now: datetime) -> ChairsPage:
    """The boards of the wave, those that nobody chairs first, in order of their names; of a name, only those of it."""
    rows = [
        ChairRow(str(found.board), ", ".join(chairs), reverse("succession:replace", args=[wave.slug, found.pk]))
        for found, chairs in chairs_in(wave, now=now)
    ]
    vacant = sum(not row.chairs for row in rows)
    lead = f"{counted(vacant, 'board')} without a chair: nobody can answer for {'it' if vacant == 1 else 'them'}."
    # Boards that nobody chairs come first: they are the ones to do something about.
    wanted = [row for row in rows if name in f"{row.board} {row.chairs}".casefold()]
    ordered = tuple(sorted(wanted, key=lambda row: bool(row.chairs)))
    return ChairsPage(wave, lead if vacant else "Every board has a chair.", counted(len(ordered), "board"), ordered)


def staff_form_page(found: Return) -> FormPage:
    """What stands around the form that names a new chair."""
    lead = "The new chair takes over the return as it stands. Both are told by email, with the reason."
    return help_page(found, title="Change the chair", lead=lead)
