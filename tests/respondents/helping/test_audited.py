"""Whatever staff do with a board through their pages stands in the audit, without a word of what was written."""

from uuid import uuid4

import pytest

from accounts.models import AuditEntry
from respondents.correspondence.querying import answer_query
from respondents.correspondence.reopening import ask_to_reopen
from respondents.returns.submitting import submit_return
from tests.builders import NOW
from tests.respondents.helping.conftest import Correspondents

pytestmark = pytest.mark.django_db

SECRET = "What is written stays here"


@pytest.fixture
def closed(talk: Correspondents) -> Correspondents:
    """A submitted return in a wave that has closed."""
    team = talk.team
    version = team.answer(C1=1)
    submit_return(team.stored(), person=team.people["chair"], version=version, now=team.wave.opens_at)
    talk.close_wave()
    return talk


def acts(talk: Correspondents) -> list[str]:
    """What the researcher did, in order; nothing of it may say what was written."""
    entries = AuditEntry.objects.filter(person=talk.team.people["researcher"]).order_by("number")
    assert SECRET not in str([(entry.about, entry.detail) for entry in entries])
    assert {(entry.subject, entry.wave) for entry in entries} == {(f"return:{talk.team.barnet.pk}", "munro-2012")}
    return [entry.act for entry in entries]


def test_reading_and_writing_messages_is_recorded(talk: Correspondents) -> None:
    ruth = talk.team.at("researcher")
    ruth.get(talk.url())
    sent = {"key": str(uuid4()), "text": SECRET}
    for _ in range(2):
        assert ruth.post(talk.url(), sent).status_code == 303
    assert acts(talk) == ["messages.read", "message.sent"]


def test_every_step_of_a_query_by_the_team_is_recorded_and_none_of_the_board(talk: Correspondents) -> None:
    ruth, team = talk.team.at("researcher"), talk.team
    sent = {"key": str(uuid4()), "item": "C1", "text": SECRET}
    assert ruth.post(talk.url("queries/new/"), sent).status_code == 303
    query = team.barnet.queries.get()
    answer_query(query, text=SECRET, key=uuid4(), by=team.people["chair"], now=NOW)
    ruth.get(talk.url(f"queries/{query.pk}/"))
    again = {"key": str(uuid4()), "text": SECRET}
    assert ruth.post(talk.url(f"queries/{query.pk}/"), again).status_code == 303
    closing = {"key": str(uuid4())}
    for _ in range(2):
        assert ruth.post(talk.url(f"queries/{query.pk}/close/"), closing).status_code == 303
    assert set(acts(talk)) == {"query.put", "query.read", "query.asked_again", "query.closed"}
    assert acts(talk).count("query.closed") == 1


def test_opening_a_submitted_return_is_recorded_as_such(closed: Correspondents) -> None:
    sent = {"key": str(uuid4()), "sections": ["C"], "until": "2099-01-01T10:00", "reason": SECRET}
    for _ in range(2):
        assert closed.team.at("researcher").post(closed.url("reopen/"), sent).status_code == 303
    asked = closed.team.barnet.reopening_requests.get()
    second = closed.team.at(closed.second().email.partition("@")[0])
    assert second.post(closed.url(f"reopen/{asked.pk}/approve/")).status_code == 303
    assert acts(closed) == ["return.reopening_asked"]
    detail = AuditEntry.objects.get(act="return.reopened").detail
    assert (detail["sections"], detail["was_submitted"]) == (["C"], True)


def test_declining_to_reopen_is_recorded(closed: Correspondents) -> None:
    team = closed.team
    ask_to_reopen(team.stored(), sections=["C"], reason=SECRET, by=team.people["chair"], now=team.wave.closes_at)
    assert team.at("researcher").post(closed.url("decline/"), {"reason": SECRET}).status_code == 303
    assert acts(closed) == ["return.reopening_declined"]


def test_a_succession_by_staff_is_recorded_and_one_by_the_chair_is_not(talk: Correspondents) -> None:
    team = talk.team
    sent = {"name": "New Chair", "email": "new@example.org", "reason": SECRET}
    url = talk.url().replace("/messages/", "/chairs/")
    assert team.at("researcher").post(url, {**sent, "outgoing": team.people["chair"].pk}).status_code == 303
    assert acts(talk) == ["board.chair_changed"]
    assert AuditEntry.objects.get(act="board.chair_changed").detail["successor"].startswith("Account ")
    team.people["new"] = type(team.people["chair"]).objects.get(email="new@example.org")
    assert team.post("new", "succession/", **{**sent, "email": "newer@example.org"}).status_code == 303
    assert AuditEntry.objects.filter(act="board.chair_changed").count() == 1
