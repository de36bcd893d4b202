"""Answers under a pseudonym: who may read them, what they do not say, and that each reading is recorded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.second.marks import FRESH, KEY
from respondents.correspondence.overview import boards_in, waiting_boards
from respondents.correspondence.querying import answer_query
from respondents.correspondence.reopening import ask_to_reopen
from respondents.correspondence.writing import write_to_board, write_to_team
from respondents.returns.models import Submission
from respondents.returns.submitting import submit_return
from tests.respondents.helping.conftest import Correspondents

pytestmark = pytest.mark.django_db

LIST = "/waves/munro-2012/answers/"


@pytest.fixture
def sent(talk: Correspondents) -> Submission:
    team = talk.team
    version = team.answer(C1=1, G1="Our money was cut")
    made = submit_return(team.stored(), person=team.people["chair"], version=version, now=timezone.now())
    assert isinstance(made, Submission)
    return made


def one(sent: Submission, number: int = 1) -> str:
    return f"{LIST}{sent.survey_return.pseudonym}/{number}/"


def test_an_analyst_reads_answers_without_who_gave_them_and_that_is_recorded(
    talk: Correspondents, sent: Submission
) -> None:
    analyst = talk.team.at("analyst")
    listed, text = (analyst.get(url).content.decode() for url in (LIST, one(sent)))

    assert one(sent) in listed
    assert "Our money was cut" in text
    assert "Strongly agree" in text
    assert "Kept apart from the answers" in text
    found = sent.survey_return
    assert found.board is not None
    for word in (found.board.area_name, found.region, found.authority_type, "chair@", sent.reference, str(found.pk)):
        assert word not in text
        assert word not in listed
    entry = AuditEntry.objects.get(act="answers.read")
    assert (entry.subject, entry.person) == (f"return:{found.pk}", talk.team.people["analyst"])
    assert entry.about == f"Return {found.pseudonym}, submission 1"
    assert "cut" not in str(entry.detail)


def test_nobody_else_reads_them_and_what_does_not_count_is_not_found(talk: Correspondents, sent: Submission) -> None:
    team = talk.team
    for url in (LIST, one(sent)):
        answers = tuple(team.at(who).get(url).status_code for who in ("researcher", "administrator", "chair"))
        assert answers == (404, 404, 404)
    analyst = team.at("analyst")
    assert analyst.get(one(sent, 2)).status_code == 404
    assert analyst.get(one(sent).replace("munro-2012", "other")).status_code == 404
    type(team.barnet).objects.filter(pk=team.barnet.pk).update(duplicate_of=team.derby)
    assert analyst.get(one(sent)).status_code == 404
    assert not AuditEntry.objects.filter(act="answers.read").exists()


def test_the_second_step_is_asked_again_before_answers_are_shown(talk: Correspondents, sent: Submission) -> None:
    analyst = talk.team.at("analyst")
    session = analyst.session
    session[KEY] = session[KEY] | {"passed": (timezone.now() - FRESH - timedelta(minutes=1)).timestamp()}
    session.save()

    assert analyst.get(LIST).status_code == 200
    assert analyst.get(one(sent)).status_code == 302
    assert not AuditEntry.objects.filter(act="answers.read").exists()


def test_the_list_costs_the_same_however_many_there_are(
    talk: Correspondents, sent: Submission, django_assert_num_queries: object
) -> None:
    analyst = talk.team.at("analyst")
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert sent.survey_return.pseudonym in analyst.get(LIST).content.decode()


def test_the_navigation_says_how_many_boards_wait_for_the_team(talk: Correspondents) -> None:
    team, now = talk.team, timezone.now()
    chair, ruth = team.people["chair"], team.people["researcher"]

    def waits() -> int:
        rows = [vars(found) for found in boards_in(team.wave)]
        said = [(row["is_last_from_team"] is False, row["wished_at"], row["answered_at"]) for row in rows]
        assert waiting_boards(team.wave) == sum(any(each) for each in said)
        return waiting_boards(team.wave)

    assert waits() == 0
    key = "00000000-0000-4000-8000-00000000000"
    write_to_team(team.barnet, text="?", key=f"{key}1", by=chair, now=now)  # type: ignore[arg-type]
    assert waits() == 1
    assert "1 board waits" in team.at("researcher").get("/waves/munro-2012/boards/").content.decode()
    assert "1 board waits" not in team.at("analyst").get("/waves/munro-2012/").content.decode()
    write_to_board(team.barnet, text="!", key=f"{key}2", by=ruth, now=now)  # type: ignore[arg-type]
    assert waits() == 0
    query = talk.query()
    answer_query(query, text="So", key=f"{key}3", by=chair, now=now)  # type: ignore[arg-type]
    assert waits() == 1
    talk.close_wave()
    ask_to_reopen(team.stored(), sections=["C"], reason="?", by=chair, now=timezone.now())
    ask_to_reopen(team.derby, sections=["C"], reason="?", by=chair, now=timezone.now())
    assert waits() == 2


def test_the_list_is_narrowed_and_sorted_without_telling_whose_a_return_is(
    talk: Correspondents, sent: Submission
) -> None:
    analyst, name = talk.team.at("analyst"), f"Return {sent.survey_return.pseudonym}"
    found = {
        query: name in analyst.get(f"{LIST}?{query}").content.decode()
        for query in (
            f"name={sent.survey_return.pseudonym[1:]}&order=sent",
            "which=written",
            "which=once",
            "which=again",
            "name=nothing",
        )
    }
    assert list(found.values()) == [True, True, True, False, False]
