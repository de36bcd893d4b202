"""What stands around a form that helps one board."""

from dataclasses import dataclass

from django.urls import reverse

from respondents.returns.models import Return
from survey.models import Wave


@dataclass(frozen=True)
class HelpPage:
    """A page that holds one form."""

    wave: Wave
    board: str
    title: str
    lead: str
    back_url: str


def help_page(found: Return, *, title: str, lead: str) -> HelpPage:
    """What stands around the form, and the way back to the board."""
    return HelpPage(found.wave, str(found.board), title, lead, board_url(found))


def board_url(found: Return) -> str:
    """The team's page of this board."""
    return reverse("helping:board", args=[found.wave.slug, found.pk])
