"""What stands around a form that helps one board."""

from django.urls import reverse

from respondents.form_pages import FormPage, board_form_page
from respondents.returns.models import Return


def help_page(found: Return, *, title: str, lead: str) -> FormPage:
    """What stands around the form, and the way back to the board."""
    return board_form_page(found, title=title, lead=lead, back_url=board_url(found))


def board_url(found: Return) -> str:
    """The team's page of this board."""
    return reverse("helping:board", args=[found.wave.slug, found.pk])
