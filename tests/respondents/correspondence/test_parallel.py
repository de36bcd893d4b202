"""Twelve at once with one form: one message, one answer, one reopening, one word on how it went, one notice of each."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.outbox.models import Message
from respondents.correspondence.feedback import give_feedback
from respondents.correspondence.granting import approve_reopening, ask_for_reopening, end_request
from respondents.correspondence.models import Feedback, QueryStep, ReopeningRequest, ReopeningWish, TeamMessage
from respondents.correspondence.querying import answer_query
from respondents.correspondence.refusals import RequestIsOver
from respondents.correspondence.reopening import ask_to_reopen
from respondents.correspondence.writing import write_to_team
from respondents.returns.models import Return, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.submitting import submit_return
from tests.races import at_once
from tests.respondents.correspondence.conftest import Correspondents
from tests.respondents.together.conftest import Team, gather

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MANY = 12


@pytest.fixture
def team(transactional_db: None) -> Team:
    """Made anew, since what is done at once is done for good."""
    return gather()


def test_one_form_sent_many_times_at_once_has_its_effect_once(talk: Correspondents) -> None:
    team, key, now = talk.team, uuid4(), timezone.now()
    chair, researcher = team.people["chair"], team.people["researcher"]
    sent = submit_return(team.barnet, person=chair, version=team.answer(C1=1), now=now)
    assert isinstance(sent, Submission)
    query = talk.query()
    found = Return.objects.visible_to(chair, now=now).get(pk=team.barnet.pk)

    at_once(MANY, lambda: write_to_team(found, text="?", key=key, by=chair, now=now))
    at_once(MANY, lambda: answer_query(query, text="!", key=key, by=chair, now=now))
    at_once(MANY, lambda: give_feedback(found, sent, person=chair, now=now, minutes=9))
    talk.close_wave()
    later = timezone.now()
    at_once(MANY, lambda: ask_to_reopen(found, sections=["C"], reason="?", by=chair, now=later))
    until = later + timedelta(days=1)
    wanted = {"sections": ["C"], "until": until, "reason": "!", "key": key, "now": later}
    at_once(MANY, lambda: ask_for_reopening(found, **wanted, by=researcher))  # type: ignore[arg-type]
    request, second = ReopeningRequest.objects.get(), talk.second()

    def decide() -> None:
        with suppress(RequestIsOver):
            approve_reopening(request, by=second, now=later)
            end_request(request, reason="?", by=second, now=later)

    at_once(MANY, decide)

    models = (TeamMessage, QueryStep, Feedback, ReopeningWish, ReopeningRequest, Reopening)
    assert [model._default_manager.count() for model in models] == [1] * len(models)
    kinds = [message.key.partition(":")[0] for message in Message.objects.filter(kind__in=("survey_team", "reopening"))]
    assert sorted(kinds) == ["message", "query", "query-answer", "reopening", "reopening", "wish"]
