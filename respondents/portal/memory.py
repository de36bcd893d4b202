"""What the pages remember of a person from one page to the next: conveniences, none of which is an answer."""

from django.contrib.sessions.backends.base import SessionBase

from respondents.returns.models import Return
from survey.schema.document import Page

_ASKED = "asked-about-blanks"


def was_asked_about_blanks(session: SessionBase, found: Return, page: Page) -> bool:
    """Whether this person has been asked once about what they left blank on the page."""
    return f"{found.pk} {page.code}" in session.get(_ASKED, [])


def remember_asking_about_blanks(session: SessionBase, found: Return, page: Page) -> None:
    """Asks no second time."""
    session[_ASKED] = [*session.get(_ASKED, []), f"{found.pk} {page.code}"]
