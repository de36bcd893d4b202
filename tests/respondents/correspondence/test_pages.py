"""The correspondence on the pages: who sees it, what it says, and how a closed return is put right."""

import re
from uuid import uuid4

import pytest

from respondents.correspondence.models import Feedback, Query, QueryStep, ReopeningRequest, ReopeningWish, TeamMessage
from respondents.returns.models import Submission
from respondents.returns.reopening import Reopening
from tests.respondents.correspondence.conftest import Correspondents

pytestmark = pytest.mark.once

HOSTILE = "<b>{{ 1 }}</b> \u202eright to left =SUM(A1)"


def key_in(text: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]+)"', text)
    assert found
    return found.group(1)


def at(talk: Correspondents, rest: str = "") -> str:
    return str(talk.team.at("researcher").get(talk.url(rest)).content.decode())


def post(talk: Correspondents, rest: str, **sent: object) -> int:
    return int(talk.team.at("researcher").post(talk.url(rest), {"key": str(uuid4()), **sent}).status_code)


def test_an_empty_thread_teaches_what_will_appear(talk: Correspondents) -> None:
    assert "what you write appears here with the answer" in talk.team.text("chair", "messages/")
    assert "read by the chair and by the person who signs" in at(talk)
    assert "Nobody waits for you." in str(talk.team.at("researcher").get("/waves/munro-2012/messages/").content)


def test_a_message_sent_twice_is_kept_once_and_shown_as_typed_to_both_sides(talk: Correspondents) -> None:
    key = key_in(talk.team.text("chair", "messages/"))
    for _ in range(2):
        assert talk.team.post("chair", "messages/", key=key, text=HOSTILE).status_code == 303

    assert TeamMessage.objects.count() == 1
    for text in (talk.team.text("chair", "messages/"), at(talk)):
        assert "&lt;b&gt;{{ 1 }}&lt;/b&gt;" in text
        assert 'dir="auto">' in text
    assert ["<strong><bdi>You</bdi></strong>" in talk.team.text("chair", "messages/"), "Chair" in at(talk)] == [
        True,
        True,
    ]


def test_what_cannot_be_stored_is_refused_with_a_sentence_and_nothing_is_kept(talk: Correspondents) -> None:
    for text, sentence in (
        ("\0", "character that cannot be stored"),
        ("x" * 20_001, "20,000 characters or fewer"),
        ("  ", "Write a message before you send it"),
    ):
        response = talk.team.post("chair", "messages/", key=str(uuid4()), text=text)
        assert sentence in response.content.decode()
    assert talk.team.post("chair", "messages/", text="No key").status_code == 400
    assert talk.team.post("chair", "messages/", key=str(uuid4()), text="More", written_by="1").status_code == 400
    assert not TeamMessage.objects.exists()


def test_boards_that_wait_stand_first_the_longest_waiting_on_top(talk: Correspondents) -> None:
    talk.team.at("other").post(f"/returns/{talk.team.derby.pk}/messages/", {"key": str(uuid4()), "text": "First"})
    talk.team.post("chair", "messages/", key=str(uuid4()), text="Second")

    def order() -> list[str]:
        text = talk.team.at("researcher").get("/waves/munro-2012/messages/").content.decode()
        lines = re.findall(r"(?:/\">|govuk-heading-l\">)(Barnet|Derby and Derbyshire|Answered)", text)
        return [str(line) for line in lines]

    assert order() == ["Derby and Derbyshire", "Barnet"]
    assert post(talk, "", text="Thank you") == 303
    assert order() == ["Derby and Derbyshire", "Answered", "Barnet"]


def test_a_query_is_put_seen_answered_by_changing_the_answer_and_closed(talk: Correspondents) -> None:
    talk.team.answer(C1=1)
    assert post(talk, "queries/new/", item="C1", text="Really?") == 303
    query = Query.objects.get()
    where = f"queries/{query.pk}/"
    assert f"/{where}" in talk.team.text("chair")
    assert f"/{where}" in talk.team.text("chair", "questions/C1/")
    assert f"/{where}" not in talk.team.text("chair", "questions/C2/")
    assert (
        "Write an answer, or change the answer"
        in talk.team.post("chair", where, key=str(uuid4()), text="").content.decode()
    )

    talk.team.answer(C1=2)
    text = talk.team.text("chair", where)
    assert ["Your answer, changed since" in text, "(optional)" in text] == [True, True]
    assert talk.team.post("chair", where, key=str(uuid4()), text="").status_code == 303

    assert f"/{where}" not in talk.team.text("chair")
    assert [
        "Answered" in at(talk),
        "A query was answered" in str(talk.team.at("researcher").get("/waves/munro-2012/messages/").content),
    ] == [True, True]
    assert post(talk, f"{where}close/") == 303
    assert post(talk, where, text="One more thing") == 303
    assert list(QueryStep.objects.order_by("pk").values_list("state", flat=True)) == ["answered", "closed", "open"]


def test_a_query_to_what_is_no_item_is_refused(talk: Correspondents) -> None:
    assert post(talk, "queries/new/", item="Z9", text="?") == 200
    assert not Query.objects.exists()


def test_a_closed_return_is_reopened_changed_and_submitted_again(talk: Correspondents) -> None:
    version = talk.team.answer(C1=1)
    talk.team.post("chair", "submit/", **{"base-version": version})
    talk.close_wave()
    assert talk.team.save("chair", "C1", version=version, C1="disagree").status_code == 403
    assert "Ask for this return to be reopened" in talk.team.text("chair")

    assert talk.team.post("chair", "reopening/", sections=["C"], reason="C1 was misread").status_code == 303
    assert "has not decided yet" in talk.team.text("chair")
    assert ["Asks to reopen" in at(talk), "C1 was misread" in at(talk)] == [True, True]
    assert post(talk, "reopen/", sections=["C"], until="2099-03-09T17:00", reason="Board misread C1") == 303
    assert "Board misread C1" not in talk.team.text("chair") + talk.team.text("chair", "reopening/")
    assert talk.team.save("chair", "C1", version=version, C1="disagree").status_code == 403
    request = f"reopen/{ReopeningRequest.objects.get().pk}/"
    assert talk.team.at("researcher").post(talk.url(f"{request}approve/")).status_code == 403
    talk.second()
    assert "Approve or refuse it" in talk.team.at("second").get(talk.url()).content.decode()
    assert talk.team.at("second").post(talk.url(f"{request}approve/")).status_code == 303

    text = talk.team.text("chair")
    assert "Reopened until Monday 9 March 2099 at 17:00: " in text
    assert ["Board misread C1" in text, "Board misread C1" in talk.team.text("ann")] == [True, True]
    assert ["questions/C2/" in text, "questions/G1/" in text] == [True, False]
    saved = talk.team.save("chair", "C1", version=version, C1="disagree")
    assert (saved.status_code, talk.team.save("chair", "G1", version=version + 1, G1="x").status_code) == (303, 403)
    assert talk.team.post("chair", "submit/", **{"base-version": version + 1}).status_code == 303
    assert Submission.objects.counting().get().number == 2
    assert "Part of this return was reopened" in talk.team.text("chair", "submissions/2/")


def test_after_the_last_reopened_page_the_way_leads_to_the_check(talk: Correspondents) -> None:
    talk.close_wave()
    talk.reopen("C")
    pages = [page.code for page in talk.team.wave.questionnaire.section("C").pages]

    response = talk.team.save("chair", pages[-1], version=0)

    assert response.headers["Location"].endswith("/check/")


def test_what_staff_send_to_reopen_is_checked(talk: Correspondents) -> None:
    talk.close_wave()
    wrong: tuple[dict[str, object], ...] = (
        {"sections": ["C"], "until": "2012-01-01T10:00", "reason": "?"},
        {"sections": [], "until": "2099-01-01T10:00", "reason": "?"},
        {"sections": ["Z"], "until": "2099-01-01T10:00", "reason": "?"},
        {"sections": ["C"], "until": "tomorrow", "reason": "?"},
        {"sections": ["C"], "until": "2099-01-01T10:00", "reason": " "},
    )
    for sent in wrong:
        assert talk.team.at("researcher").post(talk.url("reopen/"), {"key": str(uuid4()), **sent}).status_code == 200
    assert not ReopeningRequest.objects.exists()
    key = str(uuid4())
    for _ in range(2):
        assert post(talk, "reopen/", key=key, sections=["C"], until="2099-01-01T10:00", reason="So") == 303
    assert (ReopeningRequest.objects.count(), Reopening.objects.count()) == (1, 0)


def test_a_wish_declined_shows_its_reason_to_the_chair_alone(talk: Correspondents) -> None:
    talk.close_wave()
    talk.team.post("chair", "reopening/", sections=["C"], reason="Wrong")
    url = talk.url("decline/")
    assert talk.team.at("researcher").post(url, {"reason": "The report is out"}).status_code == 303

    assert "The report is out" in talk.team.text("chair", "reopening/")
    assert "The report is out" not in talk.team.text("ann", "reopening/")
    assert talk.team.at("researcher").post(url, {"reason": "Again"}).status_code == 409
    assert ReopeningWish.objects.get().decision == "declined"


def test_asking_while_the_survey_is_open_is_answered_with_a_sentence(talk: Correspondents) -> None:
    response = talk.team.post("chair", "reopening/", sections=["C"], reason="?")
    assert (response.status_code, "Nobody has to reopen anything" in response.content.decode()) == (409, True)
    assert "<form" not in talk.team.text("chair", "reopening/").split("<main")[1].split("</main>")[0]


def test_how_it_went_is_asked_once_on_the_receipt_and_may_be_skipped(talk: Correspondents) -> None:
    talk.team.post("chair", "submit/", **{"base-version": talk.team.answer(C1=1)})
    assert "How did it go?" in talk.team.text("chair", "submissions/1/")
    where = "submissions/1/how-it-went/"
    wrong = talk.team.post("chair", where, minutes="an hour", satisfaction="9").content.decode()
    assert ["Enter a whole number of minutes, such as 90" in wrong, "Choose one of the answers shown" in wrong] == [
        True,
        True,
    ]

    for minutes in ("90", "5"):
        assert talk.team.post("chair", where, minutes=minutes, satisfaction="2", comment="Good").status_code == 303

    kept = Feedback.objects.get()
    assert (kept.minutes, kept.satisfaction, kept.comment, kept.answered_as) == (90, 2, "Good", "chair")
    assert "How did it go?" not in talk.team.text("chair", "submissions/1/")


def test_who_would_rather_not_say_is_not_asked_again(talk: Correspondents) -> None:
    talk.team.post("chair", "submit/", **{"base-version": talk.team.answer(C1=1)})
    assert talk.team.post("chair", "submissions/1/how-it-went/skip/").status_code == 303
    assert "How did it go?" not in talk.team.text("chair", "submissions/1/")
