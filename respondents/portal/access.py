"""What a person may find: returns they chair or were asked to work on, pages that routing opens."""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from respondents.portal.routes import open_items
from respondents.portal.ways import page_named, section_with
from respondents.returns.models import Return, ReturnQuerySet, Submission
from respondents.returns.reading import read_for
from respondents.returns.refusals import NotYours, PageNotOpened
from survey.schema.document import Item, Page, Section

NOT_ASKED = "You were not asked to answer this section. If you think you should be, ask the chair."


def my_returns(person: User, *, now: datetime) -> ReturnQuerySet:
    """The person's returns with all that a list shows, newest wave first, boards in order of their name."""
    visible = Return.objects.visible_to(person, now=now).select_related("board", "wave", "changed_by")
    sent = Submission.objects.filter(survey_return=OuterRef("pk")).order_by("-number").values("number")
    return visible.annotate(latest_number=Subquery(sent[:1])).order_by("-wave__opens_at", "board__area_name")


def find_shared(return_id: UUID, *, person: User, now: datetime) -> Return:
    """A return that the person chairs or was asked to work on, with their standing there; not found otherwise."""
    found = read_for(person, return_id=return_id, now=now)
    if found is None:
        raise Http404
    return found


def find_again(found: Return) -> Return:
    """The same return as it stands now, for the same person."""
    again = Return.objects.select_related("wave", "board").get(pk=found.pk)
    again.told = found.standing
    return again


def find_return(return_id: UUID, *, person: User, now: datetime) -> Return:
    """The return of a board that the person chairs today; a colleague is told that this is the chair's alone."""
    found = find_shared(return_id, person=person, now=now)
    if not found.standing.is_chair:
        raise NotYours("Only the chair can do this. Go back to the task list for what you were asked to do.")
    return found


def find_source(found: Return, source_id: UUID, *, person: User, now: datetime) -> Return:
    """Another return of the same wave that this person chairs too; not found otherwise."""
    source = find_return(source_id, person=person, now=now)
    if source.wave_id != found.wave_id or source.pk == found.pk:
        raise Http404
    return source


def find_readable(return_id: UUID, *, person: User, now: datetime) -> Return:
    """A return all of whose answers the person may read: its chair's and its signer's."""
    found = find_shared(return_id, person=person, now=now)
    if not found.standing.may_read_all:
        raise NotYours("You see the sections you were asked to answer. Go back to the task list to find them.")
    return found


def find_section(found: Return, code: str, *, to_answer: bool = False) -> Section:
    """A section that the person may read, or answer; not found if there is none, refused if it is not theirs."""
    try:
        section = found.wave.questionnaire.section(code)
    except KeyError:
        raise Http404 from None
    standing = found.standing
    if not (standing.may_answer(section.code) if to_answer else standing.may_read(section.code)):
        raise NotYours(NOT_ASKED)
    return section


def find_submission(found: Return, number: int) -> Submission:
    """One numbered submission of this return; not found otherwise."""
    return get_object_or_404(found.submissions.select_related("submitted_by"), number=number)


def find_page(found: Return, code: str) -> Page:
    """The page of the return's questionnaire with this code; not found if there is none, refused if not theirs."""
    try:
        page = page_named(found.wave.questionnaire, code)
    except KeyError:
        raise Http404 from None
    if not found.standing.may_answer(section_with(found.wave.questionnaire, page).code):
        raise NotYours(NOT_ASKED)
    return page


def find_items(found: Return, page: Page, *, is_sent: bool = False) -> tuple[Item, ...]:
    """The items to be shown on a page, given the answers; PageNotOpened when routing leads to none of them.

    What was sent from a page that was open before is taken all the same: there may be none.
    """
    items = open_items(found.wave.questionnaire, page, found.values)
    if not items and not is_sent:
        raise PageNotOpened("Given the answers so far, this question does not apply to your board. Nothing is missing.")
    return items
