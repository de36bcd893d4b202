"""Doors to the copies: find, build one copy, hand it over."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import signed_in
from respondents.copies.blank import blank_copy
from respondents.copies.files import PDF, WORD, attachment
from respondents.copies.press import printed_once
from respondents.copies.word import written_once
from respondents.portal.access import find_return


@signed_in
@require_safe
def questions_pdf(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The whole questionnaire as an accessible PDF."""
    found = find_return(return_id, person=_person(request), now=timezone.now())
    copy = blank_copy(found.wave, demonstration=settings.DEMONSTRATION)
    return attachment(
        printed_once("respondents/copies/blank.html", copy), name=f"{found.wave.slug}-questions", kind=PDF
    )


@signed_in
@require_safe
def questions_word(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The whole questionnaire as a Word document to write in."""
    found = find_return(return_id, person=_person(request), now=timezone.now())
    copy = blank_copy(found.wave, demonstration=settings.DEMONSTRATION)
    return attachment(written_once(copy), name=f"{found.wave.slug}-questions", kind=WORD)


def _person(request: HttpRequest) -> User:
    """The person; the route's rule has made sure that there is one."""
    return cast("User", request.user)
