"""What is said beside the answers: kept once for each form, told to the other side without a word of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from respondents.correspondence.feedback import give_feedback, minutes_of, was_asked
from respondents.correspondence.models import Feedback, Query, QueryState, QueryStep, ReopeningWish, TeamMessage
from respondents.correspondence.querying import answer_query, ask_again, close_query
from respondents.correspondence.refusals import NothingToReopen, NoWishWaits, QueryNotOpen
from respondents.correspondence.reopening import ask_to_reopen, decline
from respondents.correspondence.writing import write_to_board, write_to_team
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests import builders
from tests.respondents.correspondence.conftest import Correspondents

SECRET = "Child X at 12 High Street"


def state(query: Query) -> QueryState:
    return Query.objects.with_state().get(pk=query.pk).state


def test_a_message_to_the_team_is_kept_once_and_told_to_researchers_without_its_text(talk: Correspondents) -> None:
    key, chair = uuid4(), talk.team.people["chair"]

    for _ in range(2):
        write_to_team(talk.team.barnet, text=SECRET, key=key, by=chair, now=timezone.now())

    kept = TeamMessage.objects.get()
    assert (kept.text, kept.is_from_team, kept.written_by) == (SECRET, False, chair)
    assert talk.told() == ["researcher"]
    assert SECRET not in talk.notices()[0].text + talk.notices()[0].subject
    assert talk.url() in talk.notices()[0].text


def test_a_message_of_the_team_is_told_to_those_who_may_read_the_whole_return(talk: Correspondents) -> None:
    talk.team.answer(C1=1)
    talk.team.ask_to_sign("signer")
    write_to_board(talk.team.barnet, text=SECRET, key=uuid4(), by=talk.team.people["researcher"], now=timezone.now())

    assert sorted(talk.told()) == ["chair", "signer"]
    assert not [notice for notice in talk.notices() if SECRET in notice.text]


def test_one_key_on_two_returns_is_two_messages(talk: Correspondents) -> None:
    key, now = uuid4(), timezone.now()
    write_to_team(talk.team.barnet, text="Mine", key=key, by=talk.team.people["chair"], now=now)
    write_to_team(talk.team.derby, text="Theirs", key=key, by=talk.team.people["other"], now=now)
    assert list(TeamMessage.objects.order_by("pk").values_list("text", flat=True)) == ["Mine", "Theirs"]


def test_a_query_goes_from_open_to_answered_to_open_again_to_closed_and_all_is_kept(talk: Correspondents) -> None:
    talk.team.answer(C1=1)
    chair, researcher, now = talk.team.people["chair"], talk.team.people["researcher"], timezone.now()
    query = talk.query()
    states = [state(query)]

    talk.team.answer(C1=2)
    answer_query(query, text="Now it is right", key=uuid4(), by=chair, now=now)
    states.append(state(query))
    ask_again(query, text="Sure?", key=uuid4(), by=researcher, now=now)
    states.append(state(query))
    answer_query(query, text="Sure.", key=uuid4(), by=chair, now=now)
    close_query(query, key=uuid4(), by=researcher, now=now)
    states.append(state(query))

    assert states == ["open", "answered", "open", "closed"]
    assert query.stood == 1
    said = list(QueryStep.objects.order_by("pk").values_list("text", "stood"))
    assert said == [("Now it is right", 2), ("Sure?", 2), ("Sure.", 2), ("", 2)]
    assert sorted(talk.told()) == ["chair", "chair", "researcher", "researcher"]


def test_a_query_takes_only_the_steps_that_its_state_allows_and_each_form_once(talk: Correspondents) -> None:
    chair, researcher, now, key = talk.team.people["chair"], talk.team.people["researcher"], timezone.now(), uuid4()
    query = talk.query(key=key)
    assert talk.query(key=key) == query
    with pytest.raises(QueryNotOpen):
        ask_again(query, text="?", key=uuid4(), by=researcher, now=now)

    first = answer_query(query, text="So", key=key, by=chair, now=now)
    assert answer_query(query, text="So", key=key, by=chair, now=now) == first
    with pytest.raises(QueryNotOpen, match="answered already"):
        answer_query(query, text="Thus", key=uuid4(), by=chair, now=now)
    close_query(query, key=uuid4(), by=researcher, now=now)
    with pytest.raises(QueryNotOpen, match="closed"):
        close_query(query, key=uuid4(), by=researcher, now=now)

    assert QueryStep.objects.count() == 2


def test_a_wish_to_reopen_waits_once_and_is_granted_with_a_reason_for_everyone(talk: Correspondents) -> None:
    talk.close_wave()
    chair, now = talk.team.people["chair"], timezone.now()

    for _ in range(2):
        ask_to_reopen(talk.team.barnet, sections=["G", "C"], reason=SECRET, by=chair, now=now)
    granted = talk.reopen("C")

    wish = ReopeningWish.objects.get()
    assert (wish.sections, wish.decision, wish.reopening, wish.decided_by) == (
        ["C", "G"],
        "granted",
        granted,
        talk.team.people["second"],
    )
    assert sorted(talk.told()) == ["ann", "chair", "researcher"]
    assert not [notice for notice in talk.notices() if SECRET in notice.text or granted.reason in notice.text]


def test_a_wish_is_declined_with_a_reason_once_and_another_may_follow(talk: Correspondents) -> None:
    talk.close_wave()
    chair, researcher, now = talk.team.people["chair"], talk.team.people["researcher"], timezone.now()
    ask_to_reopen(talk.team.barnet, sections=["C"], reason="Wrong", by=chair, now=now)

    decline(talk.team.barnet, reason="The report is out", by=researcher, now=now)
    with pytest.raises(NoWishWaits):
        decline(talk.team.barnet, reason="Again", by=researcher, now=now)
    ask_to_reopen(talk.team.barnet, sections=["C"], reason="Still wrong", by=chair, now=now)

    wishes = ReopeningWish.objects.order_by("pk").values_list("decision", "decision_reason")
    assert list(wishes) == [("declined", "The report is out"), ("", "")]
    assert talk.told().count("chair") == 1


def test_while_the_survey_is_open_there_is_nothing_to_reopen(talk: Correspondents) -> None:
    chair = talk.team.people["chair"]
    with pytest.raises(NothingToReopen, match="The survey is open"):
        ask_to_reopen(talk.team.barnet, sections=["C"], reason="?", by=chair, now=timezone.now())
    early = timezone.now() - timedelta(days=9)
    with pytest.raises(NothingToReopen, match="not open yet"):
        ask_to_reopen(talk.team.barnet, sections=["C"], reason="?", by=chair, now=early)


def test_staff_may_reopen_unasked_and_one_form_reopens_once(talk: Correspondents) -> None:
    talk.close_wave()
    made = talk.reopen("C")
    assert (Reopening.objects.get(), ReopeningWish.objects.count()) == (made, 0)


def sent(talk: Correspondents, who: str, found: Return) -> tuple[Return, Submission]:
    person, now = talk.team.people[who], timezone.now()
    found = Return.objects.visible_to(person, now=now).get(pk=found.pk)
    save_answers(found, Sending(0, {"C1": 1}), person=person, now=now)
    made = submit_return(found, person=person, version=1, now=now)
    assert isinstance(made, Submission)
    return found, made


def test_feedback_is_given_once_and_skipping_counts_as_having_been_asked(talk: Correspondents) -> None:
    found, submission = sent(talk, "chair", talk.team.barnet)
    chair, now = talk.team.people["chair"], timezone.now()
    assert not was_asked(found, person=chair)

    give_feedback(found, submission, person=chair, now=now)
    give_feedback(found, submission, person=chair, now=now, minutes=5)

    assert was_asked(found, person=chair)
    kept = Feedback.objects.get()
    assert (kept.satisfaction, kept.minutes, kept.comment, kept.answered_as) == (None, None, "", "chair")


def test_minutes_are_those_said_last_or_else_imported(talk: Correspondents) -> None:
    head = "return_id,board,authority_type,region,chair,submitted_at,minutes_taken"
    import_returns(talk.team.wave, f"{head}\nR1,barnet,,,,,90\nR2,,,,,,45\nR3,,,,,,\n".encode(), now=timezone.now())
    chair, other, now = talk.team.people["chair"], talk.team.people["other"], timezone.now()
    barnet = Return.objects.visible_to(chair, now=now).get(pk=talk.team.barnet.pk)
    give_feedback(barnet, barnet.submissions.get(), person=chair, now=now, minutes=120)
    derby, submission = sent(talk, "other", talk.team.derby)
    give_feedback(derby, submission, person=other, now=now, minutes=30)

    assert minutes_of(talk.team.wave) == [30, 45, 120]


def test_what_the_chair_says_of_the_minutes_stands_against_the_signer(talk: Correspondents) -> None:
    found, submission = sent(talk, "chair", talk.team.barnet)
    signer, now = builders.person("signer@example.org"), timezone.now()
    give_feedback(found, submission, person=talk.team.people["chair"], now=now, minutes=60)
    Feedback.objects.create(
        survey_return=found, submission=submission, person=signer, answered_as="signer", minutes=10, given_at=now
    )
    assert minutes_of(talk.team.wave) == [60]
