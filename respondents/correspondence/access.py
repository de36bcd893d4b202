"""What may be found of the correspondence: by the people on a return, and by the survey team."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import Role
from accounts.rules import staff
from respondents.correspondence.models import Query, ReopeningRequest, ReopeningWish
from respondents.portal.access import NOT_ASKED
from respondents.returns.models import Return
from respondents.returns.refusals import NotYours

# Analysts never learn who chairs a board, and administrators need not read what boards write.
writes_with_boards = staff(Role.RESEARCHER)
reopens = staff(Role.RESEARCHER, step_up=True)


def find_return_of(slug: str, return_id: UUID) -> Return:
    """A board's return in this wave, for staff; not found otherwise."""
    in_frame = Return.objects.in_frame().select_related("board", "wave")
    return get_object_or_404(in_frame, pk=return_id, wave__slug=slug)


def find_query(found: Return, query_id: int) -> Query:
    """A query about this return with its state; not found otherwise."""
    query = get_object_or_404(found.queries.with_state().select_related("asked_by"), pk=query_id)
    query.survey_return = found
    return query


def find_query_to_read(found: Return, query_id: int) -> Query:
    """A query about a section that the person may read; refused otherwise."""
    query = find_query(found, query_id)
    questionnaire = found.wave.questionnaire
    if not found.standing.may_read(questionnaire.section_of(questionnaire.page_of(query.item).code).code):
        raise NotYours(NOT_ASKED)
    return query


def last_wish(found: Return) -> ReopeningWish | None:
    """The latest wish to reopen this return, decided or not."""
    wishes = found.reopening_wishes.select_related("asked_by", "decided_by", "reopening")
    return wishes.order_by("-pk").first()


def find_request(found: Return, request_id: int) -> ReopeningRequest:
    """A request to reopen this return; not found otherwise."""
    requests = found.reopening_requests.select_related("asked_by", "decided_by")
    request: ReopeningRequest = get_object_or_404(requests, pk=request_id)
    request.survey_return = found
    return request


def waiting_request(found: Return) -> ReopeningRequest | None:
    """The request to reopen this return that nobody has decided."""
    request = found.reopening_requests.waiting().select_related("asked_by").first()
    if request:
        request.survey_return = found
    return request
