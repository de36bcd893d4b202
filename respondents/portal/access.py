"""What a person may find: returns of boards they chair today, pages that routing opens. All else is not there."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from respondents.portal.routes import open_items
from respondents.returns.models import Return, ReturnQuerySet, Submission
from respondents.returns.refusals import PageNotOpened
from survey.schema.document import Item, Page


def my_returns(person: User, *, now: datetime) -> ReturnQuerySet:
    """The person's returns with all that a list shows, newest wave first, boards in order of their name."""
    visible = Return.objects.visible_to(person, now=now).select_related("board", "wave", "changed_by")
    return visible.order_by("-wave__opens_at", "board__area_name")


def find_return(return_id: UUID, *, person: User, now: datetime) -> Return:
    """The person's return with its board and questionnaire; not found otherwise."""
    visible = Return.objects.visible_to(person, now=now)
    return get_object_or_404(visible.select_related("wave", "board"), pk=return_id)


def find_submission(found: Return, number: int) -> Submission:
    """One numbered submission of this return; not found otherwise."""
    return get_object_or_404(found.submissions.select_related("submitted_by"), number=number)


def find_page(found: Return, code: str) -> Page:
    """The page of the return's questionnaire with this code; not found otherwise."""
    try:
        return found.wave.questionnaire.page(code)
    except KeyError:
        raise Http404 from None


def find_items(found: Return, page: Page) -> tuple[Item, ...]:
    """The items to be shown on a page, given the answers; PageNotOpened when routing leads to none of them."""
    items = open_items(found.wave.questionnaire, page, found.values)
    if not items:
        raise PageNotOpened("Given the answers so far, this question does not apply to your board. Nothing is missing.")
    return items
