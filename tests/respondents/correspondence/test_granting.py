"""Two persons of the survey team open a return that was closed: neither does it alone, and each step is kept."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import User
from respondents.correspondence.granting import approve_reopening, end_request
from respondents.correspondence.models import ReopeningRequest, ReopeningWish
from respondents.correspondence.refusals import NeedsAnotherPerson, RequestIsOver, RequestWaits
from respondents.correspondence.reopening import ask_to_reopen, decline
from respondents.helping.extending import extend
from respondents.helping.refusals import NoMoreTime
from respondents.returns.models import Return
from respondents.returns.openness import openness_of
from respondents.returns.reopening import Reopening
from respondents.returns.submitting import submit_return
from tests.respondents.correspondence.conftest import Correspondents

REASON = "C1 was misread"


@pytest.fixture
def closed(talk: Correspondents) -> Correspondents:
    talk.close_wave()
    talk.second()
    return talk


def opened(talk: Correspondents) -> frozenset[str]:
    return openness_of(Return.objects.get(pk=talk.team.barnet.pk), now=timezone.now()).sections


def acts() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(act__startswith="return.reopen").order_by("number")
    assert REASON not in str(list(entries.values_list("detail", "about")))
    return [(each.act, each.person.name if each.person else "nobody") for each in entries.select_related("person")]


def test_nobody_reopens_a_return_alone_by_service_or_by_the_database(closed: Correspondents) -> None:
    asked, by = closed.ask("C"), closed.team.people["researcher"]
    assert opened(closed) == frozenset()

    with pytest.raises(NeedsAnotherPerson, match="another researcher"):
        approve_reopening(asked, by=by, now=timezone.now())
    straight = {"survey_return": closed.team.barnet, "sections": ["C"], "until": asked.until, "reason": "?"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening(**straight, asked_by=by, granted_by=by, granted_at=timezone.now()).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningRequest.objects.filter(pk=asked.pk).update(decision="approved", decided_by=by)

    assert (opened(closed), Reopening.objects.count()) == (frozenset(), 0)


def test_another_researcher_approves_once_and_the_people_on_the_return_are_told(closed: Correspondents) -> None:
    asked = closed.ask("C")
    assert closed.told() == ["second"]
    made = approve_reopening(asked, by=closed.second(), now=timezone.now())
    with pytest.raises(RequestIsOver, match="decided already"):
        approve_reopening(asked, by=closed.second(), now=timezone.now())

    assert opened(closed) == {"C"}
    assert [made.asked_by, made.granted_by] == [asked.asked_by, closed.second()]
    assert sorted(closed.told()) == ["ann", "chair", "second"]
    assert not [each for each in closed.notices() if REASON in each.text + each.subject]
    assert [act for act, _ in acts()] == ["return.reopening_asked", "return.reopened"]


def test_a_request_is_refused_with_a_reason_that_is_told_to_whoever_asked(closed: Correspondents) -> None:
    chair, now = closed.team.people["chair"], timezone.now()
    ask_to_reopen(closed.team.barnet, sections=["C"], reason="Wrong", by=chair, now=now)
    asked = closed.ask("C")
    end_request(asked, reason="Until Friday is too long", by=closed.second(), now=now)
    with pytest.raises(RequestIsOver):
        approve_reopening(asked, by=closed.second(), now=now)

    assert (opened(closed), ReopeningWish.objects.get().decision) == (frozenset(), "")
    assert closed.told().count("researcher") == 2  # the wish, and that the request was refused
    closed.ask("C")
    decline(closed.team.barnet, reason="The report is out", by=closed.second(), now=now)
    assert set(ReopeningRequest.objects.values_list("decision", flat=True)) == {"ended"}


def test_one_request_waits_at_a_time_and_its_form_asks_once(closed: Correspondents) -> None:
    key = uuid4()
    assert closed.ask("C", key=key) == closed.ask("C", key=key)
    with pytest.raises(RequestWaits, match="waits already"):
        closed.ask("B")


@pytest.mark.parametrize(
    ("change", "says"),
    [({"is_active": False}, "no researcher any more"), ({"role": "analyst"}, "no researcher any more")],
)
def test_a_request_of_somebody_who_is_no_researcher_any_more_opens_nothing(
    closed: Correspondents, change: dict[str, object], says: str
) -> None:
    asked = closed.ask("C")
    User.objects.filter(pk=asked.asked_by_id).update(**change)
    with pytest.raises(RequestIsOver, match=says):
        approve_reopening(asked, by=closed.second(), now=timezone.now())
    assert opened(closed) == frozenset()


def test_a_request_whose_time_has_passed_opens_nothing(closed: Correspondents) -> None:
    asked = closed.ask("C")
    with pytest.raises(RequestIsOver, match="It was asked for until"):
        approve_reopening(asked, by=closed.second(), now=asked.until)


def test_where_there_is_one_researcher_the_operator_is_the_second_person(talk: Correspondents) -> None:
    talk.close_wave()
    asked, said = talk.ask("C"), StringIO()
    call_command("approve_reopening", asked.pk, stdout=said)
    assert opened(talk) == {"C"}
    assert Reopening.objects.get().granted_by is None
    assert ("Barnet" in said.getvalue(), acts()[-1]) == (True, ("return.reopened", "nobody"))
    with pytest.raises(CommandError, match="decided already"):
        call_command("approve_reopening", asked.pk)
    with pytest.raises(CommandError, match="no request 999"):
        call_command("approve_reopening", 999)


def test_a_submitted_return_is_not_opened_by_one_person_who_gives_it_more_time(talk: Correspondents) -> None:
    chair, now = talk.team.people["chair"], timezone.now()
    submit_return(talk.team.barnet, person=chair, version=talk.team.answer(C1=1), now=now)
    talk.close_wave()
    later = {"until": timezone.now() + timedelta(days=2), "reason": "?", "key": uuid4(), "now": timezone.now()}
    with pytest.raises(NoMoreTime, match="another researcher has to approve"):
        extend(talk.team.barnet, **later, by=talk.team.people["researcher"])  # type: ignore[arg-type]
    assert opened(talk) == frozenset()
