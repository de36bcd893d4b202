"""The page around one form."""

from dataclasses import dataclass

from respondents.returns.models import Return
from survey.models import Wave

FORM_PAGE = "components/form_page.html"


@dataclass(frozen=True)
class FormPage:
    """What stands around the form, and the way back; `caption` is what it is about."""

    title: str
    lead: str
    back_url: str
    back_words: str
    caption: str = ""
    wave: Wave | None = None


def board_form_page(found: Return, *, title: str, lead: str, back_url: str) -> FormPage:
    """The page of a form of staff that is about this return's board."""
    board = str(found.board)
    return FormPage(title, lead, back_url, board, caption=board, wave=found.wave)
