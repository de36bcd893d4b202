"""The page around one form of staff that is about one board."""

from dataclasses import dataclass

from respondents.returns.models import Return
from survey.models import Wave

BOARD_FORM = "respondents/board_form.html"


@dataclass(frozen=True)
class BoardFormPage:
    """What stands around the form, and the way back."""

    wave: Wave
    board: str
    title: str
    lead: str
    back_url: str


def board_form_page(found: Return, *, title: str, lead: str, back_url: str) -> BoardFormPage:
    """The page of a form about this return's board."""
    return BoardFormPage(found.wave, str(found.board), title, lead, back_url)
