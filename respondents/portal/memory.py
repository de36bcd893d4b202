"""What the pages remember of a person from one page to the next: conveniences, none of which is an answer."""

from django.contrib.sessions.backends.base import SessionBase

from respondents.returns.models import Return
from survey.schema.document import Page

_ASKED, _BY_AGENCY = "asked-about-blanks", "by-agency"


def was_asked_about_blanks(session: SessionBase, found: Return, page: Page) -> bool:
    """Whether this person has been asked once about what they left blank on the page."""
    return f"{found.pk} {page.code}" in session.get(_ASKED, [])


def remember_asking_about_blanks(session: SessionBase, found: Return, page: Page) -> None:
    """Asks no second time."""
    session[_ASKED] = [*session.get(_ASKED, []), f"{found.pk} {page.code}"]


def answers_by_agency(session: SessionBase, found: Return) -> bool:
    """Whether this person last answered this return's batteries by agency."""
    return str(found.pk) in session.get(_BY_AGENCY, [])


def remember_way(session: SessionBase, found: Return, *, by_agency: bool) -> None:
    """Goes on in the way in which the person answers."""
    if answers_by_agency(session, found) != by_agency:
        others = [each for each in session.get(_BY_AGENCY, []) if each != str(found.pk)]
        session[_BY_AGENCY] = [*others, *([str(found.pk)] if by_agency else [])]
