"""Services: the survey team asks about one answer; the chair answers in words, by changing the answer, or both."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit.acts import Act, declare
from accounts.models import User
from respondents.correspondence.models import Query, QueryState, QueryStep
from respondents.correspondence.notices import Notice, board_path, team, team_path, tell
from respondents.correspondence.refusals import QueryNotOpen
from respondents.returns.models import Return
from respondents.returns.people import chairs_of
from respondents.returns.recording import record_about
from respondents.returns.saving import lock_return

ASKED = declare("query.put", "Asked a board about an answer")
ASKED_AGAIN = declare("query.asked_again", "Asked a board about an answer again")
READ = declare("query.read", "Read a query with the answer it asks about")
CLOSED = declare("query.closed", "Closed a query")
NOT_NOW = {
    QueryState.OPEN: "It is waiting for the board’s answer.",
    QueryState.ANSWERED: "It was answered already. If there is more to say, write to the survey team.",
    QueryState.CLOSED: "The survey team has closed it. If there is more to say, write to the survey team.",
}


@transaction.atomic
def put_query(found: Return, *, item: str, text: str, key: UUID, by: User, now: datetime) -> Query:
    """A query about one item, with the answer as it stands; the chair is told that there is one."""
    found = lock_return(found)
    asked = {"item": item, "text": text, "stood": found.values.get(item), "asked_by": by, "asked_at": now}
    query, is_new = Query.objects.get_or_create(survey_return=found, key=key, defaults=asked)
    if is_new:
        _tell_chairs(query, f"query:{query.pk}", now=now)
        _record(ASKED, query, by=by, now=now)
    return query


@transaction.atomic
def answer_query(query: Query, *, text: str, key: UUID, by: User, now: datetime) -> QueryStep:
    """The board's answer; raises QueryNotOpen unless the query is waiting for one."""
    step, is_new = _step(query, QueryState.ANSWERED, after=(QueryState.OPEN,), text=text, key=key, by=by, now=now)
    if is_new:
        found = query.survey_return
        sentence = "A board has answered a query that the survey team put to it."
        notice = Notice(f"query-answer:{step.pk}", "A query was answered", sentence, team_path(found))
        tell(team(), found, notice, now=now)
    return step


@transaction.atomic
def ask_again(query: Query, *, text: str, key: UUID, by: User, now: datetime) -> QueryStep:
    """The query waits for an answer once more; raises QueryNotOpen if it does so already."""
    after = (QueryState.ANSWERED, QueryState.CLOSED)
    step, is_new = _step(query, QueryState.OPEN, after=after, text=text, key=key, by=by, now=now)
    if is_new:
        _tell_chairs(query, f"query-again:{step.pk}", now=now)
        _record(ASKED_AGAIN, query, by=by, now=now)
    return step


@transaction.atomic
def close_query(query: Query, *, key: UUID, by: User, now: datetime) -> QueryStep:
    """Nothing more is asked; raises QueryNotOpen if it was closed before."""
    after = (QueryState.OPEN, QueryState.ANSWERED)
    step, is_new = _step(query, QueryState.CLOSED, after=after, text="", key=key, by=by, now=now)
    if is_new:
        _record(CLOSED, query, by=by, now=now)
    return step


def read_steps(query: Query, *, by: User, now: datetime) -> list[QueryStep]:
    """Every step since the query was put; that somebody of the team read it, answer and all, is recorded."""
    _record(READ, query, by=by, now=now)
    return list(query.steps.select_related("made_by").order_by("pk"))


def _step(
    query: Query, state: QueryState, *, after: tuple[QueryState, ...], text: str, key: UUID, by: User, now: datetime
) -> tuple[QueryStep, bool]:
    """The step that this form takes and whether it is new; the lock on the return puts steps in a row."""
    found = lock_return(query.survey_return)
    if taken := query.steps.filter(key=key).first():
        return taken, False
    stands = Query.objects.with_state().get(pk=query.pk).state
    if stands not in after:
        raise QueryNotOpen(NOT_NOW[stands])
    stood = found.values.get(query.item)
    step = QueryStep(query=query, key=key, state=state, text=text, stood=stood, made_by=by, made_at=now)
    step.save()
    return step, True


def _record(act: Act, query: Query, *, by: User, now: datetime) -> None:
    """Which question, of which board; never what was asked or answered."""
    record_about(query.survey_return, act, by=by, now=now, query=query.pk, item=query.item)


def _tell_chairs(query: Query, key: str, *, now: datetime) -> None:
    found = query.survey_return
    sentence = "The survey team asks about one of the answers in your return."
    notice = Notice(key, "A query about an answer", sentence, board_path(found, "query", query.pk))
    tell(chairs_of(found, now=now), found, notice, now=now)
